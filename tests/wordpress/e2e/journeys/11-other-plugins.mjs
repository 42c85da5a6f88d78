import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { visitor } from '../people.mjs';
import { alive, picturesIn } from '../pictures.mjs';
import { folder, php, sandboxUrl, url } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'other-plugins', 'refreshed' );

const root = fileURLToPath( new URL( '../../../../', import.meta.url ) );
const content = join( folder, 'wordpress/wp-content' );
const example = join( content, 'plugins/image-refresh-example' );

/** Every hook that the plugin's code applies, does or, as its lookup, answers. */
function hooksOfCode() {
	const files = readdirSync( join( root, 'wp-plugin' ), { recursive: true } ).filter( ( file ) => file.endsWith( '.php' ) );
	const code = files.map( ( file ) => readFileSync( join( root, 'wp-plugin', file ), 'utf8' ) ).join( '\n' );
	const found = ( pattern ) => [ ...code.matchAll( pattern ) ].map( ( [ , name ] ) => name );
	const actions = found( /\bdo_action(?:_ref_array)?\(\s*'(creators_image_refresh_\w+)'/g );
	const filters = [ ...found( /\bapply_filters(?:_ref_array)?\(\s*'(creators_image_refresh_\w+)'/g ), ...found( /\badd_filter\(\s*'(creators_image_refresh_\w+)'/g ) ];
	return { filters: [ ...new Set( filters ) ].sort(), actions: [ ...new Set( actions ) ].sort() };
}

test( 'hooks: what is written down is what there is, each with its arguments, its version and an example', () => {
	const [ , filters, actions ] = readFileSync( join( root, 'wp-plugin/docs/hooks.md' ), 'utf8' ).split( /^## (?:Filters|Actions)$/m );
	const written = ( part ) => [ ...part.matchAll( /^### `(\w+)`$/gm ) ].map( ( [ , name ] ) => name ).sort();
	assert.deepEqual( { filters: written( filters ), actions: written( actions ) }, hooksOfCode() );
	for ( const entry of ( filters + actions ).split( /^### /m ).slice( 1 ) ) {
		const name = entry.match( /^`(\w+)`/ )[ 1 ];
		assert.match( entry, /Since \d+\.\d+\.\d+\./, name );
		assert.match( entry, /`[^`]*\$\w+[^`]*`|No arguments/, `${ name } says its arguments` );
		assert.match( entry, new RegExp( `\`\`\`php\\n[^\`]*'${ name }'` ), `${ name } has an example` );
	}
} );

test( 'another plugin: asks for a picture, brings an account for one more country, and keeps count', async () => {
	const uk = JSON.parse( readFileSync( join( root, 'tests/sandbox/accounts.json' ), 'utf8' ) ).find( ( { name } ) => name === 'fine-3.2' );
	const account = { credential_id: uk.credential_id, credential_secret: uk.credential_secret, credential_version: '', marketplace: 'www.amazon.co.uk', partner_tag: uk.partner_tags[ 'www.amazon.co.uk' ][ 0 ] };
	cpSync( join( root, 'tests/wordpress/example-plugin' ), example, { recursive: true } );
	mkdirSync( join( content, 'mu-plugins' ), { recursive: true } );
	writeFileSync( join( content, 'mu-plugins/account.php' ), `<?php define( 'IMAGE_REFRESH_EXAMPLE_UK', json_decode( '${ JSON.stringify( account ) }', true ) );\n` );
	try {
		php( 'example-plugin', 'on' );
		await fetch( `${ sandboxUrl() }/_sandbox/reset`, { method: 'POST' } );
		php( 'age-links', '13' );
		php( 'run-cron' );
		const calls = ( await ( await fetch( `${ sandboxUrl() }/_sandbox/log` ) ).json() ).filter( ( { path } ) => path.endsWith( '/getItems' ) );
		assert.deepEqual( [ ...new Set( calls.map( ( { marketplace } ) => marketplace ) ) ].sort(), [ 'www.amazon.co.uk', 'www.amazon.com' ] );

		await visitor.goto( url( '/example-page/' ) );
		assert.equal( alive( await picturesIn( visitor, '.wp-block-post-content' ) ).length, 1 );
		assert.ok( Number( php( 'example-plugin', 'count' ) ) > 30 );
	} finally {
		php( 'example-plugin', 'off' );
		rmSync( example, { recursive: true } );
		rmSync( join( content, 'mu-plugins' ), { recursive: true } );
	}
} );
