import assert from 'node:assert/strict';
import { account, good } from '../accounts.mjs';
import { add, callers, change, check, fieldsFor, forgetCalls, open as openAccounts, row, send } from '../accounts-tab.mjs';
import { picture } from '../browser.mjs';
import { mustUse } from '../must-use.mjs';
import { admin } from '../people.mjs';
import { assertAccessible, fill, id, open, refresh } from '../settings-page.mjs';
import { php } from '../site.mjs';
import { begin, step, test } from '../story.mjs';

begin( 'fixed-account', 'refreshed' );

const fixed = account( 'fine-2.1' );
const constants = { CREDENTIAL_ID: fixed[ 'credential-id' ], CREDENTIAL_SECRET: fixed[ 'credential-secret' ], CREDENTIAL_VERSION: '2.1', PARTNER_TAG: fixed[ 'partner-tag' ], MARKETPLACE: fixed.marketplace };
let undo;

step( 'fixed account: what wp-config.php says wins, is read-only and is named as such', async () => {
	undo = mustUse( 'constants', Object.entries( constants ).map( ( [ name, value ] ) => `define( 'CREATORS_IMAGE_REFRESH_${ name }', '${ value }' );` ).join( '\n' ) );
	await open( admin );
	for ( const name of [ 'credential-id', 'credential-secret', 'credential-version', 'partner-tag', 'marketplace' ] ) {
		assert.match( await admin.innerText( `${ id( name ) }-help` ), /Set in wp-config\.php/ );
		assert.equal( await admin.locator( id( name ) ).isEditable(), false, name );
		assert.equal( await admin.getAttribute( id( name ), 'name' ), null, name );
	}
	assert.equal( await admin.inputValue( id( 'credential-id' ) ), constants.CREDENTIAL_ID );
	await picture( admin, 'settings-fixed', true );
	await assertAccessible( admin );
} );

test( 'fixed account: saving the form copies nothing of it into the database', async () => {
	await send( admin, admin.locator( '#submit' ) );
	const dump = php( 'dump' );
	assert.ok( ! ( await admin.content() ).includes( constants.CREDENTIAL_SECRET ) );
	for ( const value of [ constants.CREDENTIAL_ID, constants.CREDENTIAL_SECRET ] ) {
		assert.ok( ! dump.includes( value ), value );
	}
	assert.ok( dump.includes( good[ 'credential-id' ] ), 'what was saved before is still there' );
} );

test( 'fixed account: it keeps the whole site alive, and another country may have its own beside it', async () => {
	php( 'age-links', '25' );
	await forgetCalls();
	await open( admin );
	assert.deepEqual( await refresh( admin ), [ 'running', 'done' ] );
	assert.deepEqual( await callers(), [ 'www.amazon.com fine-2.1' ] );
	assert.match( await add( admin, fieldsFor( 'fine-2.2', 'www.amazon.de' ) ), /it works/ );
	assert.deepEqual( await check( admin ), { default: 'ok', 'www.amazon.de': 'ok' } );
} );

test( 'fixed account: no star is offered that could not be given', async () => {
	assert.equal( await row( admin, 'www.amazon.de' ).locator( 'input[value="default"]' ).count(), 0 );
	undo();
	await openAccounts( admin );
	const offered = await row( admin, 'www.amazon.de' ).locator( 'input[value="default"]' ).count();
	assert.equal( offered, 1, 'without the constants there is one' );
	undo = mustUse( 'constants', `define( 'CREATORS_IMAGE_REFRESH_PARTNER_TAG', 'demo-20' );` );
	assert.match( await change( admin, 'www.amazon.de', 'default' ), /can only be changed there/ );
} );

test( 'fixed account: without it, the site is as it was', async () => {
	undo();
	await openAccounts( admin );
	await Promise.all( [ admin.waitForNavigation(), row( admin, 'www.amazon.de' ).locator( '.delete a' ).click() ] );
	await send( admin, admin.locator( 'button[value="delete"]' ) );
	await open( admin );
	await fill( admin, good );
	assert.match( await send( admin, admin.locator( '#submit' ) ), /saved|it works/i );
	php( 'run-cron' );
} );
