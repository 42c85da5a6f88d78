import assert from 'node:assert/strict';
import { person, picture, rest } from '../browser.mjs';
import { mustUse } from '../must-use.mjs';
import { admin, editor } from '../people.mjs';
import { PATH, assertAccessible } from '../settings-page.mjs';
import { php, products, url } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'images', 'refreshed' );

const TAB = `${ PATH }&tab=images`;
const open = ( page, query = '' ) => page.goto( url( TAB + query ) );
const rows = ( page, state = '' ) => page.locator( `#creators-image-refresh-images tbody tr[data-image]${ state && `[data-state="${ state }"]` }` );
const said = async ( page ) => ( await page.locator( '.creators-image-refresh-notice' ).allInnerTexts() ).join( '\n' );
/** The output of checks that print a line each. */
const allOk = ( output ) => assert.deepEqual( output.split( '\n' ).filter( ( line ) => line.startsWith( 'not ok' ) ), [] );

async function apply( page, action ) {
	await page.selectOption( '#bulk-action-selector-top', action );
	await Promise.all( [ page.waitForNavigation(), page.click( '#doaction' ) ] );
}

test( 'images: states, order, search, hours, export and choices are what they should be', () => {
	php( 'run-cron' );
	allOk( php( 'check-images' ) );
} );

test( 'commands: print, do and end as they should', () => allOk( php( 'check-commands' ) ) );

test( 'abilities: say how things stand, look up pictures, and let nobody in who may not', () => allOk( php( 'check-abilities' ) ) );

test( 'images: every picture is listed, with numbers above, and found by number and country', async () => {
	await open( admin );
	assert.match( await admin.innerText( '.displaying-num' ), new RegExp( `^${ products.length } ` ) );
	assert.match( await admin.innerText( '.creators-image-refresh-overview' ), new RegExp( `of ${ products.length }\\.` ) );
	const [ host, asin ] = products[ 0 ].split( ' ' );
	await admin.fill( '#creators-image-refresh-search-search-input', asin );
	await Promise.all( [ admin.waitForNavigation(), admin.click( '#search-submit' ) ] );
	assert.deepEqual( await rows( admin ).evaluateAll( ( all ) => all.map( ( row ) => row.dataset.image ) ), [ `${ host }:${ asin }` ] );
	const title = await rows( admin ).first().locator( '.creators-image-refresh-title' ).innerText();
	await admin.fill( '#creators-image-refresh-search-search-input', title.toUpperCase().split( ' ' ).reverse().join( ' ' ) );
	await Promise.all( [ admin.waitForNavigation(), admin.click( '#search-submit' ) ] );
	assert.ok( ( await rows( admin ).evaluateAll( ( all ) => all.map( ( row ) => row.dataset.image ) ) ).includes( `${ host }:${ asin }` ), title );
	await Promise.all( [ admin.waitForNavigation(), admin.click( '.creators-image-refresh-searched a' ) ] );
	assert.equal( await admin.locator( '.creators-image-refresh-searched' ).count(), 0 );
	assert.match( await admin.innerText( '.displaying-num' ), new RegExp( `^${ products.length } ` ) );
	await admin.selectOption( '#creators-image-refresh-country', host );
	await Promise.all( [ admin.waitForNavigation(), admin.click( '#creators-image-refresh-filter' ) ] );
	assert.equal( await rows( admin ).count(), Math.min( 20, products.filter( ( one ) => one.startsWith( `${ host } ` ) ).length ) );
	for ( const order of [ 'age', 'posts', 'state' ] ) {
		await open( admin, `&orderby=${ order }&order=desc` );
		assert.equal( await rows( admin ).count(), Math.min( 20, products.length ), order );
	}
} );

test( 'images: excluded and included again, one by a link and several by their boxes', async () => {
	await open( admin );
	await rows( admin ).first().hover();
	await Promise.all( [ admin.waitForNavigation(), rows( admin ).first().locator( '.exclude a' ).click() ] );
	assert.match( await said( admin ), /1 picture is excluded/ );
	await rows( admin ).nth( 1 ).locator( 'input' ).check();
	await rows( admin ).nth( 2 ).locator( 'input' ).check();
	await apply( admin, 'exclude' );
	assert.match( await said( admin ), /2 pictures are excluded/ );
	assert.equal( await rows( admin, 'excluded' ).count(), 3 );
	await picture( admin, 'images', true );
	await assertAccessible( admin );
	await admin.setViewportSize( { width: 390, height: 900 } );
	await open( admin );
	await picture( admin, 'images-narrow', true );
	await assertAccessible( admin );
	await admin.setViewportSize( { width: 1200, height: 1000 } );
	await open( admin, '&state=excluded' );
	assert.equal( await rows( admin ).count(), 3 );
	await admin.check( '#cb-select-all-1' );
	await apply( admin, 'include' );
	assert.match( await said( admin ), /3 pictures are included/ );
	assert.equal( await rows( admin ).count(), 0 );
} );

test( 'images: in a language from right to left, the screen is mirrored', async () => {
	const undo = mustUse( 'right-to-left', "add_action( 'init', static function (): void { $GLOBALS['wp_locale']->text_direction = 'rtl'; wp_styles()->text_direction = 'rtl'; } );" );
	await open( admin );
	undo();
	await admin.click( '#creators-image-refresh-runs summary' );
	await picture( admin, 'images-rtl', true );
	await assertAccessible( admin );
} );

test( 'images: the posts that show a picture are a click away', async () => {
	await open( admin, '&orderby=posts&order=desc' );
	await Promise.all( [ admin.waitForNavigation(), rows( admin ).first().locator( '.column-posts a' ).click() ] );
	assert.ok( await admin.locator( '#creators-image-refresh-uses li' ).count() > 0 );
	assert.match( admin.url(), /orderby=posts&order=desc.*#creators-image-refresh-uses$/ );
	assert.match( await admin.innerText( '#creators-image-refresh-uses' ), /View/ );
} );

test( 'images: selected ones are refreshed, with a bar and to the end', async () => {
	await open( admin );
	await admin.check( '#cb-select-all-1' );
	await apply( admin, 'refresh' );
	if ( await admin.locator( '#creators-image-refresh-selected' ).isVisible() ) {
		await admin.waitForSelector( '#creators-image-refresh-selected[data-state="done"]' );
	} else {
		assert.match( await said( admin ), /20 pictures were asked for/ );
	}
	assert.match( await admin.innerText( '#creators-image-refresh-runs summary' ), /last run was \d+ \w+ ago/ );
} );

test( 'images: a choice that is under way is shown, and stopped with and without the script', async () => {
	const still = await person( { javaScriptEnabled: false, storageState: await admin.context().storageState() } );
	php( 'choose-images', '5' );
	await open( still );
	assert.match( await still.innerText( '#creators-image-refresh-selected' ), /0 of 5 selected/ );
	await picture( still, 'images-selected' );
	await Promise.all( [ still.waitForNavigation(), still.click( '#creators-image-refresh-selected button' ) ] );
	assert.match( await said( still ), /Stopped: 0 of 5/ );
	assert.equal( await still.locator( '#creators-image-refresh-selected' ).isVisible(), false );

	php( 'choose-images', '5' );
	await admin.route( '**/images/refresh*', ( route ) => route.fulfill( { json: { state: 'running', done: 1, total: 5, status: 'busy', sentence: 'Held for the test', amazon: '' } } ) );
	await open( admin );
	await admin.waitForFunction( () => document.querySelector( '#creators-image-refresh-selected progress' ).value === 1 );
	await admin.click( '#creators-image-refresh-selected form button' );
	await admin.waitForSelector( '#creators-image-refresh-selected[data-state="stopped"]' );
	await admin.unroute( '**/images/refresh*' );
	assert.equal( ( await ( await rest( admin, 'POST', '/creators-image-refresh/v1/images/refresh' ) ).json() ).state, 'none' );
	php( 'choose-images', '5' );
	await open( admin );
	await admin.waitForSelector( '#creators-image-refresh-selected[data-state="done"]' );
} );

test( 'images: the export is a file with a line for each picture', async () => {
	await open( admin );
	const answer = await admin.request.get( await admin.getAttribute( '#creators-image-refresh-export', 'href' ) );
	assert.match( answer.headers()[ 'content-type' ], /^text\/csv/ );
	assert.match( answer.headers()[ 'content-disposition' ], /attachment; filename="amazon-pictures-/ );
	assert.equal( ( await answer.text() ).trim().split( '\n' ).length, products.length + 1 );
} );

test( 'images: strangers, editors and forged nonces get in nowhere', async () => {
	const key = `${ products[ 0 ].replace( ' ', ':' ) }`;
	for ( const action of [ 'exclude', 'refresh' ] ) {
		assert.equal( ( await admin.request.get( url( `${ TAB }&action=${ action }&images[]=${ key }&_wpnonce=forged0000` ) ) ).status(), 403 );
		assert.equal( ( await editor.request.get( url( `${ TAB }&action=${ action }&images[]=${ key }` ) ) ).status(), 403 );
	}
	for ( const action of [ 'creators_image_refresh_export', 'creators_image_refresh_stop_selected', 'creators_image_refresh_dismiss' ] ) {
		assert.equal( ( await admin.request.get( url( `/wp-admin/admin-post.php?action=${ action }` ) ) ).status(), 403, action );
		assert.equal( ( await editor.request.get( url( `/wp-admin/admin-post.php?action=${ action }` ) ) ).status(), 403, action );
	}
	for ( const route of [ 'refresh', 'stop' ] ) {
		assert.equal( ( await rest( editor, 'POST', `/creators-image-refresh/v1/images/${ route }` ) ).status(), 403 );
	}
	for ( const hostile of [ '&state[]=x', '&state=lost', '&orderby=1;drop', '&marketplace=<script>', '&paged=999999', '&s=%ff%fe', `&s=${ encodeURIComponent( '"><script>window.hit=1</script>%\\' ) }`, '&used=x', '&used[]=x' ] ) {
		assert.equal( ( await open( admin, hostile ) ).status(), 200, hostile );
		assert.equal( await admin.evaluate( () => window.hit ), undefined );
	}
} );

test( 'dashboard: silent while all goes by itself; one line where a person is needed, and nowhere else', async () => {
	const line = '#creators-image-refresh-dashboard';
	const dashboard = ( page = admin ) => page.goto( url( '/wp-admin/' ) );
	await dashboard();
	assert.equal( await admin.locator( line ).count(), 0 );
	php( 'say-refused', 'invalid_credentials' );
	await dashboard();
	assert.match( await admin.innerText( line ), /does not know this Credential ID/ );
	await admin.locator( line ).scrollIntoViewIfNeeded();
	await picture( admin, 'dashboard-line' );
	await dashboard( editor );
	assert.equal( await editor.locator( line ).count(), 0 );
	await admin.goto( url( '/wp-admin/edit.php' ) );
	assert.equal( await admin.locator( line ).count(), 0 );
	await dashboard();
	await Promise.all( [ admin.waitForNavigation(), admin.click( `${ line } a:last-of-type` ) ] );
	assert.equal( await admin.locator( line ).count(), 0 );
	php( 'say-refused', 'wrong_partner_tag' );
	await dashboard();
	assert.match( await admin.innerText( line ), /Associate Tag does not belong/ );
	php( 'say-refused', '' );
	await dashboard();
	assert.equal( await admin.locator( line ).count(), 0 );
} );
