import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { connectorSecret, good, licenseKey, notEligible, otherLicenseKeys, wrongSecret } from '../accounts.mjs';
import { rest } from '../browser.mjs';
import { mustUse } from '../must-use.mjs';
import { admin, editor } from '../people.mjs';
import { withRedis } from '../redis.mjs';
import { PATH, expectTest, fill, id, open, save } from '../settings-page.mjs';
import { bytes, folder, hasCards, php, url } from '../site.mjs';
import { begin, step, test } from '../story.mjs';

begin( 'secrets', 'refreshed' );

/** Everything secret that was typed into a form, a card or a request, as it is and as it may be hidden. */
const canaries = [ good[ 'credential-secret' ], notEligible[ 'credential-secret' ], wrongSecret, licenseKey, connectorSecret, ...Object.values( otherLicenseKeys ), 'requestcanary' ]
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

step( 'secrets: one is given at every door, and refused where it is wrong', async () => {
	await open( admin );
	await fill( admin, { ...notEligible, 'license-key': otherLicenseKeys.EXPIRED } );
	await expectTest( admin, 'not_eligible' );
	await save( admin );
	await fill( admin, { 'credential-secret': wrongSecret, 'license-key': licenseKey } );
	await expectTest( admin, 'invalid_credentials' );
	await admin.click( '#submit' );
	await admin.locator( `${ id( 'pending' ) } button[value="drop"]` ).click();
	if ( hasCards ) {
		await rest( admin, 'POST', '/wp/v2/settings', { creators_image_refresh_connector: { username: good[ 'credential-id' ], password: connectorSecret } } );
	}
	await open( admin );
	await fill( admin, good );
	await save( admin );
} );

test( 'secrets: in no page of the administration', async () => {
	for ( const path of [ PATH, '/wp-admin/options.php', '/wp-admin/options-connectors.php', '/wp-admin/plugins.php', '/wp-admin/site-health.php', '/wp-admin/site-health.php?tab=debug', '/wp-admin/export.php?download=true&content=all', '/wp-admin/' ] ) {
		if ( path.includes( 'connectors' ) && ! hasCards ) {
			continue;
		}
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

test( 'secrets: a request that is refused, or fails, does not repeat what it was sent', async () => {
	for ( const [ path, data ] of [
		[ '/creators-image-refresh/v1/test', { credential_secret: [ 'requestcanary' ] } ],
		[ '/creators-image-refresh/v1/test', { credential_secret: 'requestcanary with a blank' } ],
		[ '/creators-image-refresh/v1/test', { credential_secret: 'requestcanary'.repeat( 200 ) } ],
		[ '/wp/v2/settings', { creators_image_refresh_connector: { username: 'x', password: 'requestcanary', more: 1 } } ],
		[ '/wp/v2/settings', { creators_image_refresh_connector: { username: '<b>', password: 'requestcanary' } } ],
		[ '/wp/v2/settings', { creators_image_refresh_connector: 'requestcanary' } ],
	] ) {
		for ( const person of [ admin, editor ] ) {
			assertSilent( await ( await rest( person, 'POST', path, data ) ).text(), `${ path } ${ JSON.stringify( data ).slice( 0, 60 ) }` );
		}
	}
} );

test( 'secrets: on a site without security keys of its own none is saved, and the reason is said', () => php( 'check-salts' ) );

test( 'secrets: kept as they should be, rotated by command, and in no trace', () => php( 'check-secrets' ) );

test( 'secrets: code that writes the options while a visitor looks at a page saves none in clear', async () => {
	const options = { creators_image_refresh_settings: { credential_secret: 'requestcanaryrequestcanary' }, ...( hasCards && { creators_image_refresh_connector: { username: 'amzn1.application-oa2-client.other', password: 'requestcanaryrequestcanary' } } ) };
	const undo = mustUse( 'page-view', Object.entries( options ).map( ( [ name, value ] ) => `add_action( 'wp', static fn() => update_option( '${ name }', json_decode( '${ JSON.stringify( value ) }', true ) ) );` ).join( '\n' ) );
	await bytes( '/' );
	undo();
	const dump = php( 'dump' );
	php( 'configure', 'fine-3.1' );
	assert.ok( ! dump.includes( good[ 'credential-secret' ] ) && dump.includes( 'creators_image_refresh_account_' ), 'a secret was saved' );
	assertSilent( dump, 'the dump' );
} );

test( 'secrets: in nothing that a Redis holds', async () => {
	await withRedis( async ( held ) => {
		await admin.goto( url( PATH ) );
		await rest( admin, 'POST', '/creators-image-refresh/v1/test' );
		php( 'age-links', '13' );
		php( 'run-cron' );
		await bytes( '/' );
		const all = held();
		assert.ok( all.includes( ':creators_image_refresh:' ) && all.includes( 'creators_image_refresh_settings' ), 'pictures and options are there' );
		assertSilent( all, 'Redis' );
	} );
} );

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
