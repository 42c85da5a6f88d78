import assert from 'node:assert/strict';
import { behave, check, checkRow, checks, edit, open, send } from '../accounts-tab.mjs';
import { person, picture, rest } from '../browser.mjs';
import { admin } from '../people.mjs';
import { assertAccessible, id } from '../settings-page.mjs';
import { php } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'connections', 'accounts' );

const JAPAN = 'www.amazon.co.jp';
const GERMANY = 'www.amazon.de';

test( 'connections: all accounts are checked side by side, with both steps and the time they took', async () => {
	await open( admin );
	assert.deepEqual( await check( admin ), { default: 'ok', [ JAPAN ]: 'ok', [ GERMANY ]: 'ok' } );
	assert.match( await checkRow( admin, 'default' ).locator( '[data-step="token"]' ).innerText(), /OK, [\d,]+ ms/ );
	assert.match( await checkRow( admin, GERMANY ).locator( '[data-step="catalog"]' ).innerText(), /OK, [\d,]+ ms/ );
} );

test( 'connections: several outcomes stand beside each other, each with Amazon\'s reason and what to do', async () => {
	await behave( 'fine-3.3', [ { fault: { forbidden: 'AssociateNotEligible' } } ] );
	await behave( 'fine-3.1', [ { fault: { status: 503 } } ] );
	assert.match( await edit( admin, GERMANY, { 'account-credential-version': '2.2' } ), /go on working[^]*belong to version 3\.2/ );
	await send( admin, admin.locator( '#creators-image-refresh-pending button[value="save"]' ) );
	assert.deepEqual( await check( admin ), { default: 'unavailable', [ JAPAN ]: 'not_eligible', [ GERMANY ]: 'wrong_version' } );
	const japan = await checkRow( admin, JAPAN ).innerText();
	assert.match( japan, /OK, [\d,]+ ms[^]*Refused, [\d,]+ ms/ );
	assert.match( japan, /ten qualified sales in the last 30 days[^]*48 hours[^]*AssociateNotEligible/ );
	await assertAccessible( admin );
	await picture( admin, 'connections-outcomes', true );
} );

test( 'connections: the table is there after a reload', async () => {
	await open( admin );
	assert.deepEqual( await checks( admin ), { default: 'unavailable', [ JAPAN ]: 'not_eligible', [ GERMANY ]: 'wrong_version' } );
} );

test( 'connections: without JavaScript the button brings the same table, and a click sets the right version', async () => {
	await behave( 'fine-3.1', [] );
	const page = await person( { javaScriptEnabled: false, storageState: await admin.context().storageState() } );
	await open( page );
	await send( page, page.locator( id( 'check' ) ) );
	assert.deepEqual( await checks( page ), { default: 'ok', [ JAPAN ]: 'not_eligible', [ GERMANY ]: 'wrong_version' } );
	assert.match( await send( page, checkRow( page, GERMANY ).locator( 'form button' ) ), /Version 3\.2 is set\. It works/ );
	assert.equal( ( await checks( page ) )[ GERMANY ], 'ok' );
	await behave( 'fine-3.3', [] );
} );

test( 'connections: with the script, the offered version is set by the same click', async () => {
	await edit( admin, GERMANY, { 'account-credential-version': '2.2' } );
	await send( admin, admin.locator( '#creators-image-refresh-pending button[value="save"]' ) );
	await check( admin );
	assert.match( await send( admin, checkRow( admin, GERMANY ).locator( 'form button' ) ), /Version 3\.2 is set/ );
} );

test( 'connections: an account that is not there is no error of the server', async () => {
	const answer = await rest( admin, 'POST', '/creators-image-refresh/v1/connections', { account: 'www.amazon.it' } );
	assert.equal( answer.status(), 200 );
	const { ok, sentence } = await answer.json();
	assert.equal( ok, false );
	assert.match( sentence, /no account/i );
} );

test( 'connections: every status of the contract has a sentence of its own', () => {
	assert.equal( php( 'sentences' ), '' );
} );
