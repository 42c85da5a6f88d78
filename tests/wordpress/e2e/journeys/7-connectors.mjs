import assert from 'node:assert/strict';
import { connectorSecret, good } from '../accounts.mjs';
import { picture, rest } from '../browser.mjs';
import { admin, editor } from '../people.mjs';
import { expectTest, id, open } from '../settings-page.mjs';
import { hasCards, php, url } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'connectors', 'refreshed' );

const SETTING = 'creators_image_refresh_connector';
const MASK = '•'.repeat( 16 );
const page = '/wp-admin/options-connectors.php';
const card = () => admin.locator( '.connector-item--creators-image-refresh, [class*="connector"]', { hasText: 'Amazon Creators API' } ).last();
const saved = async ( person ) => ( await ( await rest( person, 'GET', '/wp/v2/settings' ) ).json() )[ SETTING ];
const put = async ( value ) => ( await ( await rest( admin, 'POST', '/wp/v2/settings', { [ SETTING ]: value } ) ).json() )[ SETTING ];

if ( ! hasCards ) {
	test( 'connectors: a WordPress without such cards is left alone', async () => {
		assert.equal( await saved( admin ), undefined );
	} );
}

if ( hasCards ) {
	test( 'connectors: the card shows the pair of the settings page as saved', async () => {
		await admin.goto( url( page ) );
		await card().waitFor();
		assert.deepEqual( await saved( admin ), { username: good[ 'credential-id' ], password: MASK } );
		await picture( admin, 'connectors' );
	} );

	test( 'connectors: a secret entered on the card is kept encrypted, and shown as saved on the settings page', async () => {
		await card().getByRole( 'button', { name: /edit|set up|manage/i } ).first().click();
		await picture( admin, 'connectors-open' );
		const [ name, password ] = [ admin.getByLabel( /username/i ), admin.locator( 'input[type="password"]' ) ];
		if ( await name.isDisabled() ) {
			await admin.getByRole( 'button', { name: /remove|disconnect|replace/i } ).first().click();
		}
		await name.fill( 'amzn1.application-oa2-client.fromthecard' );
		await password.fill( connectorSecret );
		await admin.getByRole( 'button', { name: /^save/i } ).click();
		await admin.waitForResponse( ( answer ) => answer.url().includes( 'settings' ) && answer.request().method() === 'POST' ).catch( () => {} );
		await admin.waitForFunction( () => ! document.querySelector( 'input[type="password"]' )?.value );
		await picture( admin, 'connectors-saved' );
		await open( admin );
		assert.equal( await admin.inputValue( id( 'credential-id' ) ), 'amzn1.application-oa2-client.fromthecard' );
		assert.match( await admin.innerText( `${ id( 'credential-secret' ) }-saved` ), new RegExp( connectorSecret.slice( -4 ) ) );
		const dump = php( 'dump' );
		assert.ok( ! dump.includes( connectorSecret ), 'the database does not hold it in the clear' );
		assert.ok( ! dump.includes( SETTING ), 'nor an option of the card' );
	} );

	test( 'connectors: a pair that comes back masked, or as it is, changes nothing', async () => {
		const before = php( 'dump' ).split( '\n' ).filter( ( line ) => line.includes( 'creators_image_refresh_account_' ) );
		for ( const again of [ await saved( admin ), { password: MASK }, {} ] ) {
			assert.deepEqual( await put( again ), { username: 'amzn1.application-oa2-client.fromthecard', password: MASK } );
		}
		assert.deepEqual( php( 'dump' ).split( '\n' ).filter( ( line ) => line.includes( 'creators_image_refresh_account_' ) ), before );
	} );

	test( 'connectors: what cannot be meant is not taken', async () => {
		for ( const odd of [ { username: '<b>', password: 'x' }, { username: 'x y', password: MASK } ] ) {
			assert.equal( ( await put( odd ) ).username, 'amzn1.application-oa2-client.fromthecard' );
		}
	} );

	test( 'connectors: an editor gets nothing of it', async () => {
		assert.equal( ( await rest( editor, 'GET', '/wp/v2/settings' ) ).status(), 403 );
		assert.equal( ( await rest( editor, 'POST', '/wp/v2/settings', { [ SETTING ]: { username: 'x', password: 'y' } } ) ).status(), 403 );
	} );

	test( 'connectors: taken off there, it is gone from the settings page as well', async () => {
		assert.deepEqual( await put( { username: '', password: '' } ), { username: '', password: '' } );
		await open( admin );
		assert.equal( await admin.inputValue( id( 'credential-id' ) ), '' );
		assert.match( await admin.innerText( `${ id( 'credential-secret' ) }-saved` ), /None saved/ );
	} );

	test( 'connectors: entered there, the pair works', async () => {
		assert.deepEqual( await put( { username: good[ 'credential-id' ], password: good[ 'credential-secret' ] } ), { username: good[ 'credential-id' ], password: MASK } );
		await open( admin );
		await expectTest( admin, 'ok' );
	} );

	test( 'connectors: a pair in the environment or wp-config.php is shown as such', () => php( 'check-connector' ) );
}
