import assert from 'node:assert/strict';
import { fieldsFor, open, row, send, states } from '../accounts-tab.mjs';
import { rest } from '../browser.mjs';
import { admin, editor, visitor } from '../people.mjs';
import { PATH, id } from '../settings-page.mjs';
import { php, url } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'account-access', 'accounts' );

const POST = '/wp-admin/admin-post.php';
const ACTIONS = [ 'account_save', 'account_change', 'account_version', 'connections', 'pending' ].map( ( name ) => `creators_image_refresh_${ name }` );
const GERMANY = 'www.amazon.de';
/** Just what the web servers of both sites let through. */
const MEGABYTE = 1000000;
const saved = () => php( 'accounts' );

/** Posts as somebody would who knows the forms; values may be lists, bytes or a megabyte. */
const post = ( page, data ) => page.request.post( url( POST ), { data: data.toString(), headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, maxRedirects: 0 } );

async function nonceFor( action ) {
	await open( admin, action.endsWith( 'account_save' ) ? '&do=add' : '' );
	return admin.locator( `form:has(input[value="${ action }"]) [name="creators_image_refresh_nonce"]` ).first().getAttribute( 'value' );
}

test( 'account access: strangers, editors and forged or missing nonces change nothing', async () => {
	const before = saved();
	for ( const action of ACTIONS ) {
		for ( const nonce of [ '', '&creators_image_refresh_nonce=forged0000', '&creators_image_refresh_nonce[]=x' ] ) {
			const body = `action=${ action }&account=${ GERMANY }&change=delete&choice=save&version=2.2${ nonce }`;
			assert.equal( ( await post( visitor, body ) ).status(), 400, `a stranger at ${ action }` );
			assert.equal( ( await post( editor, body ) ).status(), 403, `an editor at ${ action }` );
			assert.equal( ( await post( admin, body ) ).status(), 403, `a forged nonce at ${ action }` );
		}
	}
	assert.equal( saved(), before );
	assert.equal( ( await editor.goto( url( `${ PATH }&tab=accounts` ) ) ).status(), 403 );
} );

test( 'account access: an editor with an administrator\'s nonce gets in nowhere', async () => {
	const before = saved();
	const nonce = await nonceFor( 'creators_image_refresh_account_change' );
	assert.equal( ( await post( editor, `action=creators_image_refresh_account_change&account=${ GERMANY }&change=delete&creators_image_refresh_nonce=${ nonce }` ) ).status(), 403 );
	assert.equal( saved(), before );
} );

test( 'account access: the REST route takes nothing but the name of an account', async () => {
	for ( const account of [ [ GERMANY ], { a: 1 }, 'x'.repeat( MEGABYTE ), '<script>', 'www.amazon.evil/', 7 ] ) {
		assert.equal( ( await rest( admin, 'POST', '/creators-image-refresh/v1/connections', { account } ) ).status(), 400, JSON.stringify( account ).slice( 0, 40 ) );
	}
} );

test( 'account access: lists, a megabyte, broken bytes and scripts in any field bring a message, and nothing is lost', async () => {
	const before = saved();
	const nonce = await nonceFor( 'creators_image_refresh_account_save' );
	const fine = fieldsFor( 'fine-3.2', GERMANY );
	const fields = { credential_id: fine[ 'account-credential-id' ], credential_secret: fine[ 'account-credential-secret' ], credential_version: '3.2', partner_tag: 'demo-21', enabled: '1' };
	const hostile = { 'a list': ( name ) => `fields[${ name }][]=x`, 'a megabyte': ( name ) => `fields[${ name }]=${ 'x'.repeat( MEGABYTE ) }`, 'broken bytes': ( name ) => `fields[${ name }]=%ff%fe`, 'a script': ( name ) => `fields[${ name }]=${ encodeURIComponent( '"><script>window.hit=1</script>' ) }` };
	for ( const field of [ 'credential_id', 'credential_secret', 'credential_version', 'partner_tag' ] ) {
		for ( const [ what, write ] of Object.entries( hostile ) ) {
			const others = Object.entries( fields ).filter( ( [ name ] ) => name !== field ).map( ( [ name, value ] ) => `fields[${ name }]=${ encodeURIComponent( value ) }` );
			const answer = await post( admin, `action=creators_image_refresh_account_save&account=${ GERMANY }&creators_image_refresh_nonce=${ nonce }&${ [ ...others, write( field ) ].join( '&' ) }` );
			assert.equal( answer.status(), 302, `${ what } in ${ field }` );
			await open( admin, `&do=edit&account=${ GERMANY }` );
			assert.match( await admin.locator( '.creators-image-refresh-notice' ).first().innerText(), /Nothing was saved/, `${ what } in ${ field }` );
			assert.equal( await admin.evaluate( () => window.hit ), undefined );
			assert.equal( saved(), before, `${ what } in ${ field }` );
		}
	}
	for ( const form of [ 'fields=text', 'fields[marketplace][]=x', 'account[]=x&fields[marketplace]=www.amazon.evil' ] ) {
		assert.equal( ( await post( admin, `action=creators_image_refresh_account_save&creators_image_refresh_nonce=${ nonce }&${ form }` ) ).status(), 302 );
		assert.equal( saved(), before, form );
	}
	await open( admin );
} );

test( 'account access: the form of the default account takes no list, megabyte, broken byte or script either', async () => {
	await admin.goto( url( PATH ) );
	const nonce = await admin.inputValue( '#creators-image-refresh-form [name="_wpnonce"]' );
	const before = php( 'accounts', 'default' );
	for ( const field of [ 'credential_id', 'credential_secret', 'credential_version', 'partner_tag', 'marketplace', 'use_version', 'remove_credential_secret' ] ) {
		for ( const value of [ '[]=x', `=${ 'x'.repeat( MEGABYTE ) }`, '=%ff%fe', `=${ encodeURIComponent( '"><script>window.hit=1</script>' ) }` ] ) {
			const body = `option_page=creators_image_refresh&action=update&_wpnonce=${ nonce }&creators_image_refresh_settings[${ field }]${ value }`;
			const answer = await admin.request.post( url( '/wp-admin/options.php' ), { data: body, headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, maxRedirects: 0 } );
			assert.equal( answer.status(), 302, field );
			assert.equal( php( 'accounts', 'default' ), before, `${ field }${ value.slice( 0, 20 ) }` );
		}
	}
	await admin.goto( url( `${ PATH }&settings-updated=true` ) );
	assert.equal( await admin.evaluate( () => window.hit ), undefined );
} );

test( 'account access: hostile words for a change, a version or a choice change nothing', async () => {
	const before = saved();
	for ( const [ action, rest_ ] of [ [ 'account_change', 'account[]=x&change[]=delete' ], [ 'account_change', `account=${ GERMANY }&change=explode` ], [ 'account_change', 'account=www.amazon.evil&change=delete' ], [ 'account_version', `account=${ GERMANY }&version=9.9` ], [ 'account_version', 'account=www.amazon.it&version=3.2' ] ] ) {
		const name = `creators_image_refresh_${ action }`;
		// The template of the offered version carries the nonce.
		const nonce = 'account_version' === action
			? ( await ( await admin.request.get( url( `${ PATH }&tab=accounts` ) ) ).text() ).match( /account_version"><input type="hidden" name="creators_image_refresh_nonce" value="(\w+)"/ )[ 1 ]
			: await nonceFor( name );
		assert.equal( ( await post( admin, `action=${ name }&creators_image_refresh_nonce=${ nonce }&${ rest_ }` ) ).status(), 302, rest_ );
		assert.equal( saved(), before, rest_ );
	}
} );

test( 'account access: both further accounts are deleted, and the site is as it was', async () => {
	for ( const marketplace of [ GERMANY, 'www.amazon.co.jp' ] ) {
		await open( admin );
		await Promise.all( [ admin.waitForNavigation(), row( admin, marketplace ).locator( '.delete a' ).click() ] );
		await send( admin, admin.locator( 'button[value="delete"]' ) );
		assert.equal( ( await states( admin ) )[ marketplace ], 'none' );
	}
	assert.equal( await admin.locator( id( 'pending' ) ).count(), 0 );
	php( 'run-cron' );
} );
