import assert from 'node:assert/strict';
import { good, licenseKey, notEligible, wrongSecret } from '../accounts.mjs';
import { picture } from '../browser.mjs';
import { admin, scriptErrors } from '../people.mjs';
import { FIELDS, assertAccessible, expectTest, fill, id, open, save } from '../settings-page.mjs';
import { begin, step, test } from '../story.mjs';

begin( 'settings', 'active' );

test( 'settings: the page shows every field, each with its label', async () => {
	await open( admin );
	for ( const name of FIELDS ) {
		const field = admin.locator( id( name ) );
		assert.equal( await field.count(), 1, id( name ) );
		assert.ok( await field.evaluate( ( element ) => element.labels?.length > 0 ), `${ id( name ) } has a label` );
	}
	await picture( admin, 'settings-empty', true );
} );

test( 'settings: axe finds nothing on the empty page', () => assertAccessible( admin ) );

test( 'settings: a wrong secret is invalid_credentials', async () => {
	await open( admin );
	await fill( admin, { ...good, 'credential-secret': wrongSecret } );
	await expectTest( admin, 'invalid_credentials' );
} );

test( 'settings: an account without sales is not_eligible', async () => {
	await fill( admin, notEligible );
	await expectTest( admin, 'not_eligible' );
	await picture( admin, 'settings-not-eligible', true );
} );

test( 'settings: axe finds nothing beside a refusal', () => assertAccessible( admin ) );

test( 'settings: another store\'s tag is wrong_partner_tag', async () => {
	await fill( admin, { ...good, 'partner-tag': 'nobodys-20' } );
	await expectTest( admin, 'wrong_partner_tag' );
} );

test( 'settings: the right credentials are ok', async () => {
	await fill( admin, good );
	await expectTest( admin, 'ok' );
	await picture( admin, 'settings-tested-ok', true );
} );

step( 'settings: they are saved, and the page fits a telephone', async () => {
	await fill( admin, { 'license-key': licenseKey } );
	await save( admin );
	await open( admin );
	for ( const name of [ 'credential-id', 'partner-tag', 'marketplace' ] ) {
		assert.equal( await admin.inputValue( id( name ) ), good[ name ] );
	}
	assert.equal( await admin.inputValue( id( 'credential-secret' ) ), '' );
	assert.equal( await admin.inputValue( id( 'license-key' ) ), '' );
	await admin.setViewportSize( { width: 400, height: 900 } );
	await picture( admin, 'settings-narrow', true );
	const beyond = await admin.evaluate( () => document.querySelector( '#wpbody-content' ).scrollWidth - window.innerWidth );
	await admin.setViewportSize( { width: 1200, height: 1000 } );
	assert.ok( beyond <= 0, `nothing sticks out at 400 pixels (${ beyond })` );
} );

test( 'settings: the saved credentials are tested when the secret is left blank', () => expectTest( admin, 'ok' ) );

test( 'settings: no script of the page has failed', () => assert.deepEqual( scriptErrors, [] ) );
