import assert from 'node:assert/strict';
import { after } from 'node:test';
import { licenseKey, otherLicenseKeys } from '../accounts.mjs';
import { picture, rest } from '../browser.mjs';
import * as store from '../license-store.mjs';
import { admin, visitor } from '../people.mjs';
import { assertAlive } from '../pictures.mjs';
import { assertAccessible, fill, id, open, refresh, save } from '../settings-page.mjs';
import { php, url } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'license', 'refreshed' );

const site = url( '' ).replace( /^http:\/\//, '' );
const { EXPIRED, TAKEN, OTHER, OFF, UNKNOWN, PROVIDED } = otherLicenseKeys;

after( store.stop );

async function assertLicense( status, words ) {
	await open( admin );
	const box = admin.locator( id( 'license' ) );
	assert.equal( await box.getAttribute( 'data-status' ), status, await box.innerText() );
	assert.match( await box.innerText(), words );
}

/** Saves a key; the page says how it stands. */
async function enter( key, status, words ) {
	await open( admin );
	await fill( admin, { 'license-key': key } );
	await save( admin );
	await assertLicense( status, words );
}

/** Nothing is fetched, and every door says why; the pages are as they were. */
async function assertStopped( words ) {
	const answer = await ( await rest( admin, 'POST', '/creators-image-refresh/v1/refresh', { start: true } ) ).json();
	assert.equal( answer.state, 'stopped' );
	assert.match( answer.sentence, words );
	const status = await ( await rest( admin, 'GET', '/creators-image-refresh/v1/status' ) ).json();
	assert.equal( status.ready, false );
	await visitor.goto( url( '/bread-that-waits/' ) );
	await assertAlive( visitor, '.wp-block-post-content', 2 );
}

test( 'license: without a store the key is kept, nothing is locked and nobody is asked', async () => {
	await open( admin );
	assert.equal( await admin.locator( id( 'license' ) ).count(), 0 );
	assert.match( await admin.innerText( `${ id( 'license-key' ) }-saved` ), /2KXW/ );
	assert.deepEqual( await refresh( admin ), [ 'running', 'done' ] );
} );

test( 'license: whom it asks, with which key, and what it takes for an answer', () => php( 'check-license' ) );
test( 'license: a sold copy updates itself, and takes nothing without the signature', () => php( 'check-updates' ) );

test( 'license: with a store the saved key is activated for this site when somebody looks', async () => {
	await store.start( {
		[ licenseKey ]: store.license(),
		[ EXPIRED ]: store.license( { expires: '2026-03-01 23:59:59' } ),
		[ TAKEN ]: store.license( { limit: 2, sites: [ 'one.example', 'two.example' ] } ),
		[ OTHER ]: store.license( { item_id: 9 } ),
		[ OFF ]: store.license( { disabled: true } ),
		[ PROVIDED ]: store.license( { limit: 0 } ),
	} );
	await assertLicense( 'valid', /valid until .*2031/ );
	assert.deepEqual( store.asked().map( ( { edd_action: action, item_id: item, license, url: from } ) => [ action, item, license, from ] ), [ [ 'activate_license', String( store.ITEM ), licenseKey, url( '' ) ] ] );
	assert.deepEqual( store.read().licenses[ licenseKey ].sites, [ site ] );
	await picture( admin, 'settings-license-valid', true );
	assert.deepEqual( await refresh( admin ), [ 'running', 'done' ] );
} );

test( 'license: axe finds nothing beside it', () => assertAccessible( admin ) );

test( 'license: no page of a visitor asks the store, nor a second look, nor the next run of the schedule', async () => {
	await visitor.goto( url() );
	await open( admin );
	php( 'run-cron' );
	assert.deepEqual( store.asked(), [] );
} );

test( 'license: a day later the schedule asks again', async () => {
	php( 'age-license', '1' );
	await visitor.goto( url() );
	assert.deepEqual( store.asked(), [], 'a visitor does not wait for it' );
	php( 'run-cron' );
	assert.deepEqual( store.asked().map( ( { edd_action: action } ) => action ), [ 'check_license' ] );
} );

test( 'license: taken off the site by hand, it is activated again', async () => {
	store.change( ( { licenses } ) => { licenses[ licenseKey ].sites = []; } );
	php( 'age-license', '1' );
	php( 'run-cron' );
	assert.deepEqual( store.asked().map( ( { edd_action: action } ) => action ), [ 'check_license', 'activate_license' ] );
	await assertLicense( 'valid', /valid/ );
} );

for ( const mode of [ 'error', 'html', 'redirect', 'words' ] ) {
	test( `license: a store out of order (${ mode }) ends nothing for fourteen days`, async () => {
		store.change( ( now ) => { now.mode = mode; } );
		php( 'age-license', '2' );
		php( 'run-cron' );
		assert.equal( store.asked().length, 1, 'it was asked once, and a redirect is not followed' );
		await assertLicense( 'valid', /valid/ );
		store.change( ( now ) => { now.mode = ''; } );
		php( 'age-license', '1' );
		php( 'run-cron' );
		store.asked();
	} );
}

test( 'license: a store that is silent for two weeks stops the refreshing, and one word of it starts it again', async () => {
	store.change( ( now ) => { now.mode = 'error'; } );
	php( 'age-license', '13' );
	await assertLicense( 'valid', /valid/ );
	php( 'age-license', '2' );
	await assertLicense( 'silent', /two weeks/ );
	await assertStopped( /two weeks/ );
	store.change( ( now ) => { now.mode = ''; } );
	php( 'age-license', '1' );
	await assertLicense( 'valid', /valid/ );
	store.asked();
} );

test( 'license: another key gives the old one\'s place back', async () => {
	await enter( EXPIRED, 'expired', /expired on .*2026/ );
	assert.deepEqual( store.asked().slice( 0, 2 ).map( ( { edd_action: action, license } ) => [ action, license ] ), [ [ 'deactivate_license', licenseKey ], [ 'activate_license', EXPIRED ] ] );
	assert.deepEqual( store.read().licenses[ licenseKey ].sites, [] );
	await picture( admin, 'settings-license-expired', true );
} );

test( 'license: an expired one stops button, REST and schedule in words, and touches no page', async () => {
	await assertStopped( /expired/ );
	await open( admin );
	assert.match( await admin.innerText( id( 'summary' ) ), /expired/ );
	assert.equal( await admin.locator( id( 'refresh' ) ).isDisabled(), true );
	php( 'age-links', '13' );
	const before = php( 'runs' );
	php( 'run-cron' );
	assert.equal( php( 'runs' ), before, 'the schedule does not fetch' );
	await visitor.goto( url( '/bread-that-waits/' ) );
	await assertAlive( visitor, '.wp-block-post-content', 2 );
} );

test( 'license: site limit, another product, switched off and unknown are told apart', async () => {
	await enter( TAKEN, 'limit_reached', /2 sites/ );
	await enter( OTHER, 'other_product', /another product/ );
	await enter( OFF, 'disabled', /switched off/ );
	await enter( UNKNOWN, 'unknown', /does not know/ );
	await assertStopped( /does not know/ );
} );

test( 'license: a key of a sister plugin fills the field by itself and cannot be edited', async () => {
	const line = `add_filter( 'creators_image_refresh_license_key', static fn() => array( 'key' => '${ PROVIDED }', 'by' => 'Live Fix' ) );`;
	store.tellSite( line );
	await assertLicense( 'valid', /valid/ );
	assert.equal( await admin.getAttribute( id( 'license-key' ), 'readonly' ), '' );
	assert.match( await admin.inputValue( id( 'license-key' ) ), /^•+RY-6$/ );
	assert.match( await admin.innerText( `${ id( 'license-key' ) }-help` ), /Live Fix/ );
	await picture( admin, 'settings-license-provided', true );
	await save( admin );
	assert.ok( ! php( 'dump' ).includes( PROVIDED ), 'it is not copied into the database' );
	store.untellSite( line );
} );

test( 'license: with no key at all, refreshing waits for one', async () => {
	await open( admin );
	await admin.check( id( 'remove-license-key' ) );
	await save( admin );
	await assertStopped( /no license key yet/ );
} );

test( 'license: removing a valid key gives its place back', async () => {
	await enter( licenseKey, 'valid', /valid/ );
	store.asked();
	await open( admin );
	await admin.check( id( 'remove-license-key' ) );
	await save( admin );
	assert.deepEqual( store.asked().map( ( { edd_action: action } ) => action ), [ 'deactivate_license' ] );
	assert.deepEqual( store.read().licenses[ licenseKey ].sites, [] );
	await enter( licenseKey, 'valid', /valid/ );
} );

test( 'license: the store gone from the settings, nothing is locked', async () => {
	store.stop();
	await open( admin );
	assert.equal( await admin.locator( id( 'license' ) ).count(), 0 );
	assert.deepEqual( await refresh( admin ), [ 'running', 'done' ] );
} );
