import assert from 'node:assert/strict';
import { picture } from '../browser.mjs';
import { admin } from '../people.mjs';
import { assertAccessible, id, open } from '../settings-page.mjs';
import { php } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'import', 'active' );

const offers = () => admin.locator( '.creators-image-refresh-import' );
const offer = ( source ) => admin.locator( `.creators-image-refresh-import[data-source="${ source }"]` );

async function take( source ) {
	await Promise.all( [ admin.waitForURL( /settings-updated/ ), offer( source ).locator( 'button' ).click() ] );
}

test( 'import: each option of each plugin is read as that plugin writes it', () => php( 'check-import' ) );

test( 'import: with no other plugin nothing is offered', async () => {
	await open( admin );
	assert.equal( await offers().count(), 0 );
} );

test( 'import: settings of other plugins are offered, named and not taken', async () => {
	php( 'other-plugins', 'leave' );
	await open( admin );
	assert.deepEqual( await offers().evaluateAll( ( boxes ) => boxes.map( ( box ) => box.dataset.source ) ), [ 'aawp', 'affiliatex', 'amazonjs' ] );
	assert.match( await offer( 'aawp' ).innerText(), /AAWP[\s\S]*kueche-21[\s\S]*amazon\.de/ );
	assert.match( await offer( 'affiliatex' ).innerText(), /amzn1\.application-oa2-client\.imported[\s\S]*encrypted/ );
	const page = await admin.content();
	for ( const secret of [ 'importcanary', 'PA-API-CANARY', 'AKIAIOSFODNN7EXAMPLE' ] ) {
		assert.ok( ! page.includes( secret ), `${ secret } is not on the page` );
	}
	assert.equal( await admin.inputValue( id( 'partner-tag' ) ), '' );
	await picture( admin, 'settings-import', true );
	await assertAccessible( admin );
} );

test( 'import: a request that was not made on the page takes nothing', async () => {
	const answer = await admin.request.post( await offer( 'aawp' ).locator( 'form' ).getAttribute( 'action' ), { form: { action: 'creators_image_refresh_import', source: 'aawp' } } );
	assert.equal( answer.status(), 403 );
	await open( admin );
	assert.equal( await admin.inputValue( id( 'partner-tag' ) ), '' );
} );

test( 'import: the button fills the empty fields and says which', async () => {
	await take( 'aawp' );
	assert.match( await admin.locator( '#setting-error-imported' ).innerText(), /AAWP.*Associate Tag.*Localization/ );
	assert.equal( await admin.inputValue( id( 'partner-tag' ) ), 'kueche-21' );
	assert.equal( await admin.inputValue( id( 'marketplace' ) ), 'www.amazon.de' );
	assert.equal( await admin.inputValue( id( 'credential-id' ) ), '' );
	assert.deepEqual( await offers().evaluateAll( ( boxes ) => boxes.map( ( box ) => box.dataset.source ) ), [ 'affiliatex' ], 'what would fill nothing is not offered any more' );
} );

test( 'import: a field that is filled stays, and a pair of the Creators API is stored encrypted', async () => {
	assert.ok( ! /kitchen-21/.test( await offer( 'affiliatex' ).innerText() ) );
	await take( 'affiliatex' );
	assert.equal( await admin.inputValue( id( 'partner-tag' ) ), 'kueche-21' );
	assert.equal( await admin.inputValue( id( 'credential-id' ) ), 'amzn1.application-oa2-client.imported' );
	assert.match( await admin.innerText( `${ id( 'credential-secret' ) }-saved` ), /nary/ );
	assert.equal( await offers().count(), 0 );
	php( 'other-plugins', 'take' );
	const dump = php( 'dump' );
	assert.ok( dump.includes( 'amzn1.application-oa2-client.imported' ) );
	assert.ok( ! dump.includes( 'importcanary' ), 'the secret is not in the database in the clear' );
	php( 'forget-settings' );
	await open( admin );
	assert.equal( await admin.inputValue( id( 'credential-id' ) ), '' );
} );
