import assert from 'node:assert/strict';
import { good, notEligible, wrongSecret } from '../accounts.mjs';
import { behave, checks, edit, open as openAccounts, send } from '../accounts-tab.mjs';
import { picture } from '../browser.mjs';
import { admin } from '../people.mjs';
import { assertAccessible, expectTest, fill, id, open } from '../settings-page.mjs';
import { php } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'save-test', 'accounts' );

const save = ( page ) => send( page, page.locator( '#submit' ) );
const choose = ( choice ) => send( admin, admin.locator( `${ id( 'pending' ) } button[value="${ choice }"]` ) );

async function submit( values ) {
	await open( admin );
	await fill( admin, values );
	return save( admin );
}

async function assertGoodIsSaved() {
	await open( admin );
	for ( const name of [ 'credential-id', 'credential-version', 'partner-tag', 'marketplace' ] ) {
		assert.equal( await admin.inputValue( id( name ) ), good[ name ], name );
	}
	await expectTest( admin, 'ok' );
}

test( 'save: a pair that Amazon refuses does not replace one that works', async () => {
	const said = await submit( { 'credential-secret': wrongSecret } );
	assert.match( said, /not changed: Amazon refuses the new ones, and the ones you have go on working/ );
	assert.match( said, /New credentials for amazon\.com are waiting/ );
	await assertAccessible( admin );
	await picture( admin, 'settings-refused-on-save', true );
	assert.ok( ! php( 'dump' ).includes( wrongSecret ), 'what waits is encrypted' );
	assert.ok( ! ( await admin.content() ).includes( wrongSecret ) );
	await assertGoodIsSaved();
} );

test( 'save: the earlier pair is kept by a click', async () => {
	assert.match( await choose( 'drop' ), /dropped, and the earlier ones stay/ );
	assert.equal( await admin.locator( id( 'pending' ) ).count(), 0 );
	await assertGoodIsSaved();
} );

test( 'save: a refused pair is saved when a person insists, and the good one can follow at once', async () => {
	await submit( { 'partner-tag': 'nobodys-20' } );
	assert.match( await choose( 'save' ), /new credentials are saved/ );
	assert.equal( await admin.inputValue( id( 'partner-tag' ) ), 'nobodys-20' );
	await openAccounts( admin );
	assert.equal( ( await checks( admin ) ).default, 'wrong_partner_tag', 'the table shows what Amazon said to this pair' );
	assert.match( await submit( { 'partner-tag': good[ 'partner-tag' ] } ), /Saved, and it works/ );
	await assertGoodIsSaved();
} );

test( 'save: a pair of another version is saved with the right one by a click', async () => {
	assert.match( await submit( { 'credential-version': '2.1' } ), /belong to version 3\.1/ );
	assert.match( await choose( '3.1' ), /new credentials are saved\. It works/ );
	assert.equal( await admin.inputValue( id( 'credential-version' ) ), '3.1' );
	assert.match( await submit( { 'credential-version': '' } ), /it works/ );
} );

test( 'save: the test of the form offers the right version too', async () => {
	await open( admin );
	await fill( admin, { 'credential-version': '2.1' } );
	await expectTest( admin, 'wrong_version' );
	assert.match( await send( admin, admin.locator( `${ id( 'use-version' ) } button` ) ), /it works/ );
	assert.equal( await admin.inputValue( id( 'credential-version' ) ), '3.1' );
	await submit( { 'credential-version': '' } );
} );

test( 'save: not eligible yet is no failure of the pair, and is saved', async () => {
	const said = await submit( notEligible );
	assert.match( said, /Settings saved[^]*Your credentials are right/ );
	assert.match( await submit( good ), /it works/ );
} );

test( 'save: where Amazon does not answer, the pair is saved and that is said', async () => {
	await behave( 'fine-3.1', [ { fault: { status: 503 }, at: 'token' } ] );
	const said = await submit( { 'credential-version': '3.1' } );
	await behave( 'fine-3.1', [] );
	assert.match( said, /Settings saved[^]*could not be tested/ );
	assert.match( await submit( { 'credential-version': '' } ), /it works/ );
} );

test( 'save: spaces that came along are said, by the test and by saving', async () => {
	await open( admin );
	await fill( admin, { 'credential-id': ` ${ good[ 'credential-id' ] }\u00a0`, 'credential-secret': `\t${ good[ 'credential-secret' ] } ` } );
	await expectTest( admin, 'ok' );
	assert.match( await admin.innerText( id( 'test-result' ) ), /removed spaces around Credential ID and Secret/ );
	assert.match( await save( admin ), /removed spaces around Credential ID and Secret/ );
	await assertGoodIsSaved();
} );

test( 'save: keys of the retired interface are recognised, and replace nothing', async () => {
	const said = await submit( { 'credential-id': 'AKIAIOSFODNN7EXAMPLE', 'credential-secret': 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' } );
	assert.match( said, /Product Advertising API, which Amazon retired on 15 May 2026/ );
	await choose( 'drop' );
	await assertGoodIsSaved();
} );

test( 'save: the table never shows the verdict of an earlier secret', async () => {
	await submit( { 'credential-secret': wrongSecret } );
	await choose( 'save' );
	await openAccounts( admin );
	assert.equal( ( await checks( admin ) ).default, 'invalid_credentials' );
	assert.match( await submit( good ), /it works/ );
	await openAccounts( admin );
	assert.equal( ( await checks( admin ) ).default, 'ok' );
} );

test( 'save: an account of one country keeps its working pair likewise', async () => {
	const said = await edit( admin, 'www.amazon.de', { 'account-credential-secret': wrongSecret } );
	assert.match( said, /go on working[^]*New credentials for amazon\.de are waiting/ );
	await choose( 'drop' );
	await openAccounts( admin );
	assert.equal( ( await checks( admin ) )[ 'www.amazon.de' ], 'ok' );
} );
