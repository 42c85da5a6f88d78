import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { good, licenseKey, notEligible, wrongSecret } from '../accounts.mjs';
import { rest } from '../browser.mjs';
import { admin, editor } from '../people.mjs';
import { PATH } from '../settings-page.mjs';
import { bytes, folder, php, url } from '../site.mjs';
import { test } from '../story.mjs';

/** Everything secret that was typed into the form, as it is and as it may be hidden. */
const canaries = [ good[ 'credential-secret' ], notEligible[ 'credential-secret' ], wrongSecret, licenseKey ]
	.flatMap( ( secret ) => [ secret, Buffer.from( secret ).toString( 'base64' ).replace( /=+$/, '' ), encodeURIComponent( secret ) ] );

function assertSilent( text, where ) {
	for ( const canary of canaries ) {
		assert.ok( ! text.includes( canary ), `${ where } gives a secret away` );
	}
}

/** The files that the site has written, not the ones it came with. The stand-in for Amazon is not the site. */
function* writtenFiles( from = folder ) {
	for ( const entry of readdirSync( from, { withFileTypes: true } ) ) {
		const path = join( from, entry.name );
		if ( entry.isDirectory() && ! [ 'wp-includes', 'wp-admin', 'themes', 'php.d' ].includes( entry.name ) ) {
			yield* writtenFiles( path );
		} else if ( entry.isFile() && entry.name !== 'sandbox.log' ) {
			yield path;
		}
	}
}

test( 'secrets: in no page of the administration', async () => {
	for ( const path of [ PATH, '/wp-admin/options.php', '/wp-admin/plugins.php', '/wp-admin/site-health.php?tab=debug', '/wp-admin/' ] ) {
		const answer = await admin.request.get( url( path ) );
		assert.equal( answer.status(), 200, path );
		assertSilent( await answer.text(), path );
	}
} );

test( 'secrets: in no answer of the REST API', async () => {
	for ( const path of [ '/', '/wp/v2/settings', '/creators-image-refresh/v1', '/creators-image-refresh/v1/status' ] ) {
		assertSilent( await ( await rest( admin, 'GET', path ) ).text(), `${ path } (administrator)` );
		assertSilent( await ( await rest( editor, 'GET', path ) ).text(), `${ path } (editor)` );
		assertSilent( await ( await fetch( url( `/wp-json${ path }` ) ) ).text(), `${ path } (stranger)` );
	}
} );

test( 'secrets: in no page of the blog', async () => assertSilent( await bytes( '/' ), '/' ) );

test( 'secrets: in no row of the database', () => {
	const dump = php( 'dump' );
	assert.ok( dump.includes( good[ 'credential-id' ] ), 'the dump is one of this site' );
	assertSilent( dump, 'the dump' );
} );

test( 'secrets: in no file that the site has written, no log among them', () => {
	const files = [ ...writtenFiles() ];
	assert.ok( files.some( ( file ) => /\/(database|mariadb)\//.test( file ) ), 'the database is among them' );
	for ( const file of files ) {
		assertSilent( readFileSync( file, 'latin1' ), file );
	}
} );
