import assert from 'node:assert/strict';
import { good, notEligible } from '../accounts.mjs';
import { picture, rest } from '../browser.mjs';
import { assertOldPages } from '../old-pages.mjs';
import { admin, visitor } from '../people.mjs';
import { alive, assertAlive, dead, picturesIn } from '../pictures.mjs';
import { assertAccessible, counts, fill, id, open, refresh, save } from '../settings-page.mjs';
import { php, sandboxUrl, url } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'later', 'refreshed' );

const siteStripe = ( asin ) => `<p><a href="https://www.amazon.com/dp/${ asin }?tag=saltmargins-20"><img border="0" src="//ws-na.amazon-adsystem.com/widgets/q?_encoding=UTF8&ASIN=${ asin }&Format=_SL160_&ID=AsinImage&MarketPlace=US&ServiceVersion=20070822&WS=1&tag=saltmargins-20"></a></p>`;
const content = siteStripe( 'B0CQL4S0BA' ) + siteStripe( 'B0GONE1234' );
let later;

test( 'later: a post saved today is noticed at once, and its pictures wait', async () => {
	await open( admin );
	const before = await counts( admin );
	const answer = await rest( admin, 'POST', '/wp/v2/posts', { title: 'Later', content, status: 'publish' } );
	assert.equal( answer.status(), 201 );
	later = await answer.json();
	await open( admin );
	assert.equal( ( await counts( admin ) ).known, before.known + 2 );
	await visitor.goto( later.link );
	assert.equal( dead( await picturesIn( visitor, '.wp-block-post-content' ) ).length, 2 );
} );

test( 'later: an account that lost its access stops with the reason, and the pictures there are stay', async () => {
	await fill( admin, notEligible );
	await save( admin );
	assert.deepEqual( await refresh( admin ), [ 'running', 'stopped' ] );
	const story = await admin.locator( `${ id( 'progress' ) }, ${ id( 'status' ) }` ).allInnerTexts();
	assert.match( story.join( ' ' ), /eligib|qualif|sales/i );
	await picture( admin, 'settings-refresh-stopped', true );
	await visitor.goto( url( '/bread-that-waits/' ) );
	await assertAlive( visitor, '.wp-block-post-content', 2 );
} );

test( 'later: back in good standing the new picture comes alive, and one that Amazon no longer has stays as it was', async () => {
	await fill( admin, good );
	await save( admin );
	assert.deepEqual( await refresh( admin ), [ 'running', 'done' ] );
	assert.equal( ( await counts( admin ) ).failed, 1 );
	await visitor.goto( later.link );
	const pictures = await picturesIn( visitor, '.wp-block-post-content' );
	assert.equal( alive( pictures ).length, 1 );
	assert.deepEqual( dead( pictures ).map( ( { src } ) => new URL( src ).searchParams.get( 'ASIN' ) ), [ 'B0GONE1234' ] );
} );

test( 'later: what is stored of the post is what was written', async () => {
	const { content: stored } = await ( await rest( admin, 'GET', `/wp/v2/posts/${ later.id }?context=edit` ) ).json();
	assert.equal( stored.raw, content );
} );

test( 'later: a deleted post takes its pictures along', async () => {
	await rest( admin, 'DELETE', `/wp/v2/posts/${ later.id }?force=true` );
	await open( admin );
	const { known, fresh, failed } = await counts( admin );
	assert.deepEqual( { fresh, failed }, { fresh: known, failed: 0 } );
} );

test( 'later: two who press the button at once share one run, and Amazon sees one call a second', async () => {
	php( 'age-links', '25' );
	await fetch( `${ sandboxUrl() }/_sandbox/reset`, { method: 'POST' } );
	const second = await admin.context().newPage();
	await Promise.all( [ open( admin ), open( second ) ] );
	const { known } = await counts( admin );
	for ( const states of await Promise.all( [ refresh( admin ), refresh( second ) ] ) ) {
		assert.equal( states.at( -1 ), 'done' );
	}
	await second.close();
	const calls = ( await ( await fetch( `${ sandboxUrl() }/_sandbox/log` ) ).json() ).filter( ( { path } ) => path.endsWith( '/getItems' ) );
	const asked = calls.flatMap( ( { item_ids: items } ) => items );
	assert.deepEqual( [ asked.length, new Set( asked ).size ], [ known, known ], 'each picture is asked for once' );
	assert.equal( calls.length, Math.ceil( known / 10 ), 'ten at a time' );
	for ( const [ number, call ] of calls.entries() ) {
		assert.equal( call.marketplace, good.marketplace, 'no marketplace is asked but the one that was joined' );
		assert.ok( number === 0 || call.at_ms - calls[ number - 1 ].at_ms > 950, `call ${ number } keeps its distance` );
	}
} );

test( 'later: the last picture stays when Amazon gives no newer one for more than 24 hours, and the owner can choose words instead', async () => {
	await fill( admin, notEligible );
	await save( admin );
	php( 'age-links', '25' );
	php( 'run-cron' );
	await visitor.goto( url( '/bread-that-waits/' ) );
	await assertAlive( visitor, '.wp-block-post-content', 2 );

	await open( admin );
	assert.ok( await admin.isChecked( id( 'when-refused-last-picture' ) ), 'the last picture is what is chosen' );
	await admin.check( id( 'when-refused-words' ) );
	await picture( admin, 'settings-when-refused', true );
	await assertAccessible( admin );
	await save( admin );
	assert.ok( await admin.isChecked( id( 'when-refused-words' ) ), 'the choice is kept' );
	await visitor.goto( url( '/bread-that-waits/' ) );
	assert.equal( alive( await picturesIn( visitor, '.wp-block-post-content' ) ).length, 0, 'no link of more than 24 hours is shown' );
	await picture( visitor, 'post-in-words', true );
} );

test( 'later: back in good standing the next run of the schedule brings every picture back', async () => {
	await fill( admin, good );
	await admin.check( id( 'when-refused-last-picture' ) );
	await save( admin );
	php( 'run-cron' );
	await visitor.goto( url( '/bread-that-waits/' ) );
	await assertAlive( visitor, '.wp-block-post-content', 2 );
} );

test( 'later: tables that were lost leave the old pages, and come back with every picture', async () => {
	php( 'lose-tables' );
	await assertOldPages();
	php( 'run-cron' );
	await visitor.goto( url( '/bread-that-waits/' ) );
	await assertAlive( visitor, '.wp-block-post-content', 2 );
	await open( admin );
	const { known, fresh } = await counts( admin );
	assert.ok( known > 30 && fresh === known, `${ fresh } of ${ known } are fresh` );
} );
