import assert from 'node:assert/strict';
import { account } from '../accounts.mjs';
import { add, behave, callers, change, edit, fieldsFor, forgetCalls, open, row, send, states } from '../accounts-tab.mjs';
import { person, picture } from '../browser.mjs';
import { admin, visitor } from '../people.mjs';
import { assertAlive } from '../pictures.mjs';
import { assertAccessible, id, open as openSettings, refresh } from '../settings-page.mjs';
import { mustUse } from '../must-use.mjs';
import { bytes, php, url } from '../site.mjs';
import { begin, step, test } from '../story.mjs';

begin( 'accounts', 'refreshed' );

const POST = '.wp-block-post-content';
const GERMAN = '/a-week-in-the-black-forest/';
const JAPANESE = '/one-knife-from-tokyo/';

async function fetchAnew() {
	php( 'age-links', '25' );
	await forgetCalls();
	await openSettings( admin );
	return refresh( admin );
}

test( 'accounts: beside the one account stand the countries that have none, with their pictures and what happens with them', async () => {
	await open( admin );
	const all = await states( admin );
	assert.equal( all[ 'www.amazon.com' ], 'on' );
	assert.equal( all[ 'www.amazon.de' ], 'none' );
	assert.match( await row( admin, 'www.amazon.de' ).innerText(), /2, 2 fresh[^]*No account of its own: looked up at amazon\.com, with the default account/ );
	assert.match( await row( admin, 'www.amazon.com' ).innerText(), /de…-20/ );
	await picture( admin, 'accounts-one', true );
} );

test( 'accounts: axe finds nothing on the tab and on the form', async () => {
	await assertAccessible( admin );
	await open( admin, '&do=add' );
	await picture( admin, 'accounts-add', true );
	await assertAccessible( admin );
} );

step( 'accounts: two more countries get their own, and removed spaces are said', async () => {
	const german = fieldsFor( 'fine-3.2', 'www.amazon.de' );
	const said = await add( admin, { ...german, 'account-credential-id': `  ${ german[ 'account-credential-id' ] } ` } );
	assert.match( said, /removed spaces around Credential ID/ );
	assert.match( said, /it works: Amazon accepts your credentials for amazon\.de/ );
	assert.match( await add( admin, fieldsFor( 'fine-3.3', 'www.amazon.co.jp' ) ), /amazon\.co\.jp/ );
	const all = await states( admin );
	assert.deepEqual( [ all[ 'www.amazon.de' ], all[ 'www.amazon.co.jp' ] ], [ 'on', 'on' ] );
	assert.match( await row( admin, 'www.amazon.de' ).innerText(), /de…-21/ );
	await picture( admin, 'accounts-three', true );
	await assertAccessible( admin );
} );

test( 'accounts: a second one for the same country is refused, and what was typed is still there', async () => {
	await open( admin, '&do=add' );
	assert.equal( await admin.locator( `${ id( 'account-marketplace' ) } option[value="www.amazon.de"]` ).count(), 0 );
	const said = await add( admin, { ...fieldsFor( 'fine-3.2', 'www.amazon.fr' ), 'account-credential-secret': '' } );
	assert.match( said, /Secret is still empty/ );
	assert.equal( await admin.inputValue( id( 'account-marketplace' ) ), 'www.amazon.fr' );
	assert.equal( await admin.inputValue( id( 'account-partner-tag' ) ), 'demo-21' );
} );

test( 'accounts: each country is asked with its own account, and one without is never called', async () => {
	assert.deepEqual( await fetchAnew(), [ 'running', 'done' ] );
	assert.deepEqual( await callers(), [ 'www.amazon.co.jp fine-3.3', 'www.amazon.com fine-3.1', 'www.amazon.de fine-3.2' ] );
	for ( const path of [ GERMAN, '/paris-with-a-notebook/' ] ) {
		await visitor.goto( url( path ) );
		await assertAlive( visitor, POST, 2 );
	}
} );

test( 'accounts: one that is refused stops itself and not the others, and the panel says which', async () => {
	await behave( 'fine-3.3', [ { fault: { forbidden: 'AssociateNotEligible' } } ] );
	php( 'age-links', '25' );
	await openSettings( admin );
	assert.deepEqual( await refresh( admin ), [ 'running', 'stopped' ] );
	assert.match( await admin.innerText( id( 'progress' ) ), /amazon\.co\.jp: .*ten qualified sales/ );
	await visitor.goto( url( GERMAN ) );
	await assertAlive( visitor, POST, 2 );
	// The last picture stays, however old.
	await visitor.goto( url( JAPANESE ) );
	await assertAlive( visitor, POST, 3 );
	await openSettings( admin );
	assert.match( await admin.innerText( id( 'waiting' ) ), /amazon\.co\.jp waits and is asked again in/ );
	assert.doesNotMatch( await admin.innerText( id( 'waiting' ) ), /amazon\.de/ );
	await picture( admin, 'accounts-one-refused', true );
	await open( admin );
	assert.match( await row( admin, 'www.amazon.co.jp' ).innerText(), /ten qualified sales[^]*asked again in/ );
	await behave( 'fine-3.3', [] );
} );

test( 'accounts: a disabled one leaves its country alone, with no call and the last picture', async () => {
	await open( admin );
	assert.match( await change( admin, 'www.amazon.de', 'disable' ), /amazon\.de is disabled/ );
	await fetchAnew();
	assert.deepEqual( await callers(), [ 'www.amazon.co.jp fine-3.3', 'www.amazon.com fine-3.1' ] );
	await visitor.goto( url( GERMAN ) );
	await assertAlive( visitor, POST, 2 );
	assert.match( await admin.innerText( id( 'summary' ) ), /2 pictures are left as they are/ );
	await open( admin );
	assert.match( await row( admin, 'www.amazon.de' ).innerText(), /Disabled: nothing is asked/ );
	assert.match( await change( admin, 'www.amazon.de', 'enable' ), /amazon\.de is enabled/ );
} );

test( 'accounts: the star swaps two accounts, and back, with nothing lost', async () => {
	await change( admin, 'www.amazon.de', 'default' );
	await openSettings( admin );
	assert.equal( await admin.inputValue( id( 'credential-id' ) ), account( 'fine-3.2' )[ 'credential-id' ] );
	assert.equal( await admin.inputValue( id( 'marketplace' ) ), 'www.amazon.de' );
	await fetchAnew();
	assert.deepEqual( await callers(), [ 'www.amazon.co.jp fine-3.3', 'www.amazon.com fine-3.1', 'www.amazon.de fine-3.2' ] );
	await open( admin );
	assert.equal( await row( admin, 'www.amazon.de' ).getAttribute( 'data-account' ), 'default' );
	await change( admin, 'www.amazon.com', 'default' );
	assert.equal( await row( admin, 'www.amazon.com' ).getAttribute( 'data-account' ), 'default' );
	assert.equal( await row( admin, 'www.amazon.de' ).getAttribute( 'data-account' ), 'www.amazon.de' );
} );

test( 'accounts: a saved secret is never shown, kept when its field is left empty, and removed only when that is ticked', async () => {
	await open( admin, '&do=edit&account=www.amazon.de' );
	assert.equal( await admin.inputValue( id( 'account-credential-secret' ) ), '' );
	assert.match( await admin.innerText( `${ id( 'account-credential-secret' ) }-saved` ), /ends in …0032/ );
	assert.match( await edit( admin, 'www.amazon.de', { 'account-credential-version': '3.2' } ), /it works/ );
	await open( admin, '&do=edit&account=www.amazon.co.jp' );
	await admin.check( id( 'account-remove-credential-secret' ) );
	await send( admin, admin.locator( `${ id( 'account-form' ) } .button-primary` ) );
	assert.equal( ( await states( admin ) )[ 'www.amazon.co.jp' ], 'incomplete' );
	const { 'account-credential-secret': secret } = fieldsFor( 'fine-3.3', 'www.amazon.co.jp' );
	assert.match( await edit( admin, 'www.amazon.co.jp', { 'account-credential-secret': secret } ), /it works/ );
} );

test( 'accounts: a ciphertext that is moved to another account cannot be read there', async () => {
	php( 'move-secret', 'www.amazon.de', 'www.amazon.co.jp' );
	await open( admin );
	assert.equal( ( await states( admin ) )[ 'www.amazon.co.jp' ], 'unreadable' );
	await fetchAnew();
	assert.deepEqual( await callers(), [ 'www.amazon.com fine-3.1', 'www.amazon.de fine-3.2' ] );
	const { 'account-credential-secret': secret } = fieldsFor( 'fine-3.3', 'www.amazon.co.jp' );
	assert.match( await edit( admin, 'www.amazon.co.jp', { 'account-credential-secret': secret } ), /it works/ );
} );

test( 'accounts: an account is deleted after a question, without JavaScript too', async () => {
	assert.match( await add( admin, fieldsFor( 'fine-3.2', 'www.amazon.fr' ) ), /it works/ );
	const page = await person( { javaScriptEnabled: false, storageState: await admin.context().storageState() } );
	await open( page );
	await Promise.all( [ page.waitForNavigation(), row( page, 'www.amazon.fr' ).locator( '.delete a' ).click() ] );
	await picture( page, 'accounts-delete', true );
	assert.match( await send( page, page.locator( 'button[value="delete"]' ) ), /amazon\.fr is deleted/ );
	assert.equal( ( await states( page ) )[ 'www.amazon.fr' ], 'none' );
} );

test( 'accounts: no secret stands in the tab, in the database or on the blog', async () => {
	await open( admin );
	const texts = [ await admin.content(), php( 'dump' ), await bytes( '/' ) ];
	await open( admin, '&do=edit&account=www.amazon.de' );
	texts.push( await admin.content() );
	for ( const name of [ 'fine-3.2', 'fine-3.3' ] ) {
		assert.ok( texts.every( ( text ) => ! text.includes( account( name )[ 'credential-secret' ] ) ), name );
	}
} );

test( 'accounts: the tab fits a telephone and reads from right to left', async () => {
	await open( admin );
	await admin.setViewportSize( { width: 400, height: 900 } );
	await picture( admin, 'accounts-narrow', true );
	const beyond = await admin.evaluate( () => document.querySelector( '#wpbody-content' ).scrollWidth - window.innerWidth );
	await admin.setViewportSize( { width: 1200, height: 1000 } );
	assert.ok( beyond <= 0, `nothing sticks out at 400 pixels (${ beyond })` );
	const undo = mustUse( 'right-to-left', "add_action( 'init', static function (): void { $GLOBALS['wp_locale']->text_direction = 'rtl'; wp_styles()->text_direction = 'rtl'; } );" );
	try {
		await open( admin );
		await picture( admin, 'accounts-right-to-left', true );
		await assertAccessible( admin );
	} finally {
		undo();
	}
} );

test( 'accounts: none is lost where two people save at once, and one save tells once', () => {
	const said = php( 'check-accounts' ).trim().split( '\n' );
	assert.deepEqual( said.filter( ( line ) => ! line.startsWith( 'ok ' ) ), [] );
	assert.ok( said.length > 20 );
} );
