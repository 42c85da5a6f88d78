/** The plugin's settings page: how a person fills, tests, saves and starts it. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { url } from './site.mjs';

export const PATH = '/wp-admin/options-general.php?page=creators-image-refresh';
export const id = ( name ) => `#creators-image-refresh-${ name }`;
export const FIELDS = [ 'license-key', 'credential-id', 'credential-secret', 'credential-version', 'partner-tag', 'marketplace', 'api-provider', 'refresh-images' ];

const axe = createRequire( import.meta.url ).resolve( 'axe-core/axe.min.js' );
const WCAG_22_AA = [ 'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa' ];

export const open = ( page ) => page.goto( url( PATH ) );

export async function fill( page, values ) {
	for ( const [ name, value ] of Object.entries( values ) ) {
		const field = page.locator( id( name ) );
		if ( await field.evaluate( ( element ) => element.tagName === 'SELECT' ) ) {
			await field.selectOption( value );
		} else {
			await field.fill( value );
		}
	}
}

export async function save( page ) {
	await Promise.all( [ page.waitForURL( /settings-updated/ ), page.click( '#submit' ) ] );
	assert.equal( await page.locator( '#setting-error-settings_updated, .notice-success' ).count() > 0, true, 'WordPress says that it is saved' );
}

/** Presses "Test credentials" and waits for the answer. */
export async function expectTest( page, status ) {
	await page.click( id( 'test' ) );
	await page.waitForSelector( `${ id( 'test-result' ) }:not([data-status=""])` );
	const result = page.locator( id( 'test-result' ) );
	const sentence = ( await result.innerText() ).trim();
	assert.equal( await result.getAttribute( 'data-status' ), status, sentence );
	assert.ok( sentence.length > 20, `a sentence for people: "${ sentence }"` );
}

/** Presses "Refresh now" and waits until it is over. Gives the states it went through. */
export async function refresh( page ) {
	await page.$eval( id( 'progress' ), ( element ) => {
		window.refreshStates = [];
		new MutationObserver( () => window.refreshStates.push( element.dataset.state ) ).observe( element, { attributes: true, attributeFilter: [ 'data-state' ] } );
	} );
	await page.click( id( 'refresh' ) );
	await page.waitForFunction( () => [ 'done', 'stopped' ].includes( window.refreshStates.at( -1 ) ), null, { timeout: 60000 } );
	return page.evaluate( () => [ ...new Set( window.refreshStates ) ] );
}

export async function counts( page ) {
	const { known, fresh, failed } = await page.$eval( id( 'status' ), ( element ) => ( { ...element.dataset } ) );
	return { known: Number( known ), fresh: Number( fresh ), failed: Number( failed ) };
}

/** WCAG 2.2 AA by axe, over everything on the screen but WordPress's own menu. */
export async function assertAccessible( page ) {
	await page.addScriptTag( { path: axe } );
	const violations = await page.evaluate( async ( tags ) => ( await window.axe.run( '#wpbody-content', { runOnly: tags } ) ).violations, WCAG_22_AA );
	assert.deepEqual( violations.map( ( { id: rule, nodes } ) => `${ rule }: ${ nodes.map( ( { html } ) => html ).join( ' ' ) }` ), [] );
}
