/** The tab of accounts: how a person adds, changes and checks them. */
import assert from 'node:assert/strict';
import { account } from './accounts.mjs';
import { PATH, fill, id } from './settings-page.mjs';
import { sandboxUrl, url } from './site.mjs';

export const TAB = `${ PATH }&tab=accounts`;

export const open = ( page, query = '' ) => page.goto( url( TAB + query ) );

/** An account of the stand-in in the words of the form of one country. */
export function fieldsFor( name, marketplace ) {
	const { 'credential-id': credential, 'credential-secret': secret, 'partner-tag': tag } = account( name );
	return { 'account-marketplace': marketplace, 'account-credential-id': credential, 'account-credential-secret': secret, 'account-partner-tag': tag };
}

/** Presses a button that posts a form, and gives what the next page says. */
export async function send( page, button ) {
	await Promise.all( [ page.waitForNavigation(), button.click() ] );
	return ( await page.locator( '.creators-image-refresh-notice, .settings-error, #creators-image-refresh-pending' ).allInnerTexts() ).join( '\n' );
}

export const submit = ( page ) => send( page, page.locator( `${ id( 'account-form' ) } .button-primary` ) );

export async function add( page, fields ) {
	await open( page, '&do=add' );
	await fill( page, fields );
	return submit( page );
}

export async function edit( page, marketplace, fields ) {
	await open( page, `&do=edit&account=${ marketplace }` );
	await fill( page, fields );
	return submit( page );
}

export const row = ( page, marketplace ) => page.locator( `${ id( 'accounts' ) } tr[data-marketplace="${ marketplace }"]` );

export const change = ( page, marketplace, name ) => send( page, row( page, marketplace ).locator( `form:has(input[value="${ name }"]) button` ) );

/** State by marketplace, in the order of the table. */
export const states = ( page ) => page.$$eval( `${ id( 'accounts' ) } tr[data-state]`, ( rows ) => Object.fromEntries( rows.map( ( { dataset } ) => [ dataset.marketplace, dataset.state ] ) ) );

/** What the table of connections shows: status by account. */
export const checks = ( page ) => page.$$eval( '.creators-image-refresh-checks tr[data-account]', ( rows ) => Object.fromEntries( rows.map( ( { dataset } ) => [ dataset.account, dataset.status ] ) ) );

/** Presses "Check connections" and waits for the last answer. */
export async function check( page ) {
	await page.click( id( 'check' ) );
	await page.waitForFunction( () => {
		const rows = [ ...document.querySelectorAll( '.creators-image-refresh-checks tr[data-account]' ) ];
		return rows.every( ( { dataset } ) => ! [ '', 'asking' ].includes( dataset.status ) ) && ! document.querySelector( '#creators-image-refresh-check[aria-disabled]' );
	} );
	return checks( page );
}

export const checkRow = ( page, account ) => page.locator( `.creators-image-refresh-checks tr[data-account="${ account }"]` );

/** Changes how the stand-in treats an account. */
export async function behave( name, faults ) {
	const answer = await fetch( `${ sandboxUrl() }/_sandbox/behaviour`, { method: 'POST', body: JSON.stringify( { account: name, faults } ) } );
	assert.equal( answer.status, 204 );
}

export const forgetCalls = () => fetch( `${ sandboxUrl() }/_sandbox/reset`, { method: 'POST' } );

/** The catalogue calls that the stand-in has seen: "marketplace account", each once. */
export async function callers() {
	const log = await ( await fetch( `${ sandboxUrl() }/_sandbox/log` ) ).json();
	return [ ...new Set( log.filter( ( { path } ) => path.endsWith( '/getItems' ) ).map( ( { marketplace, account: name } ) => `${ marketplace } ${ name }` ) ) ].sort();
}
