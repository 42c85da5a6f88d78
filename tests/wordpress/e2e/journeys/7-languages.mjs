import assert from 'node:assert/strict';
import { TAB } from '../accounts-tab.mjs';
import { good, wrongSecret } from '../accounts.mjs';
import { picture } from '../browser.mjs';
import { admin } from '../people.mjs';
import { PATH, expectTest, fill, id, open } from '../settings-page.mjs';
import { php, posts, url } from '../site.mjs';
import { begin, test } from '../story.mjs';
import { entries, words } from '../translations.mjs';

begin( 'languages', 'refreshed' );

const OURS = '#wpbody-content .wrap';
const PAGES = {
	settings: [ PATH, OURS ],
	accounts: [ TAB, OURS ],
	'account-form': [ `${ TAB }&do=add`, OURS ],
	'site-health': [ '/wp-admin/site-health.php', '.health-check-accordion-block:has(a[href*="page=creators-image-refresh"]), .health-check-accordion-panel:has(a[href*="page=creators-image-refresh"])' ],
	'site-health-facts': [ '/wp-admin/site-health.php?tab=debug', '#health-check-accordion-block-creators-image-refresh :is(th, td:first-child)' ],
	plugins: [ '/wp-admin/plugins.php', 'tr[data-plugin^="creators-image-refresh/"] .plugin-description p, tr[data-plugin^="creators-image-refresh/"] .row-actions a[href*="page="]' ],
};
// WordPress's own words stay English on a site that has the plugin's translations only.
const NOT_OURS = [ 'Save Changes', 'Show more details', /^[\w.-]*\d[\w.,-]*$/, /^\d+ (second|minute|hour)s?$/, ...posts.map( ( { title } ) => title ) ];
// What a host needs to know of a server has the names that PHP gives it.
const FACTS = [ 'Extension', 'Loaded now', 'PHP version', 'Server API', 'Thread safety', 'Debug build', 'Architecture', 'extension_dir', 'Loaded php.ini', 'Scanned for .ini', 'Additional ini files' ];
const isOurs = ( text ) => ! [ ...NOT_OURS, ...FACTS ].some( ( other ) => ( other instanceof RegExp ? other.test( text ) : text === other ) );

// Of a sentence that was put together, the part that is in the catalogue.
const original = ( text ) => text.replace( / \(amazon\.[\w.]+\)$/, '' ).replace( /^OK, [\d.,]+ ms$/, '%1$s, %2$s ms' );

async function wordsOf( name ) {
	const [ path, selector ] = PAGES[ name ];
	await admin.goto( url( path ) );
	if ( name === 'site-health' ) {
		await admin.click( '.site-health-view-passed' );
	}
	if ( name === 'site-health-facts' ) {
		await admin.click( '[aria-controls="health-check-accordion-block-creators-image-refresh"]' );
	}
	return words( admin, selector );
}

const english = {};

test( 'languages: WordPress finds the translations, and their forms of number', () => php( 'check-languages' ) );

test( 'languages: what the pages say in English', async () => {
	for ( const name of Object.keys( PAGES ) ) {
		english[ name ] = await wordsOf( name );
		assert.ok( english[ name ].length > 1, `${ name } says something: ${ english[ name ] }` );
	}
} );

for ( const [ locale, works, refused ] of [ [ 'de_DE', /^Es klappt: /, /^Amazon kennt diese Credential-ID/ ], [ 'ja', /^正常です。/, /^この認証情報IDと/ ] ] ) {
	test( `languages: in ${ locale } the pages keep no English word, and nothing sticks out`, async () => {
		php( 'language', locale );
		const same = new Set( entries( locale ).filter( ( { id: source, text } ) => source === text ).map( ( { text } ) => text ) );
		const left = {};
		for ( const name of Object.keys( PAGES ) ) {
			const here = new Set( await wordsOf( name ) );
			assert.equal( await admin.getAttribute( 'html', 'lang' ), locale.replace( '_', '-' ) );
			left[ name ] = english[ name ].filter( ( text ) => here.has( text ) && isOurs( text ) && ! same.has( original( text ) ) );
			await picture( admin, `${ name }-${ locale }`, true );
			for ( const width of [ 1200, 400 ] ) {
				await admin.setViewportSize( { width, height: 1000 } );
				const beyond = await admin.evaluate( () => document.querySelector( '#wpbody-content' ).scrollWidth - window.innerWidth );
				assert.ok( beyond <= 0, `${ name }: nothing sticks out at ${ width } pixels (${ beyond })` );
			}
			await admin.setViewportSize( { width: 1200, height: 1000 } );
		}
		assert.deepEqual( left, Object.fromEntries( Object.keys( PAGES ).map( ( name ) => [ name, [] ] ) ) );
	} );

	test( `languages: in ${ locale } the scripts and Amazon's answers are translated`, async () => {
		for ( const [ path, script ] of [ [ PATH, 'admin/settings-page.js' ], [ TAB, 'admin/accounts.js' ] ] ) {
			await admin.goto( url( path ) );
			const own = entries( locale ).filter( ( { places } ) => places.includes( script ) );
			const said = await admin.evaluate( ( ids ) => ids.map( ( one ) => window.wp.i18n.__( one, 'creators-image-refresh' ) ), own.map( ( { id: source } ) => source ) );
			assert.deepEqual( said, own.map( ( { text } ) => text ), script );
		}
		await open( admin );
		await fill( admin, good );
		await expectTest( admin, 'ok' );
		assert.match( ( await admin.innerText( id( 'test-result' ) ) ).trim(), works );
		await fill( admin, { 'credential-secret': wrongSecret } );
		await expectTest( admin, 'invalid_credentials' );
		assert.match( ( await admin.innerText( id( 'test-result' ) ) ).trim(), refused );
		await picture( admin, `settings-refused-${ locale }`, true );
	} );
}

test( 'languages: and back to English', async () => {
	php( 'language' );
	assert.deepEqual( await wordsOf( 'account-form' ), english[ 'account-form' ] );
} );
