import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { behave, forgetCalls } from '../accounts-tab.mjs';
import { account } from '../accounts.mjs';
import { picture, rest } from '../browser.mjs';
import { mustUse } from '../must-use.mjs';
import { admin } from '../people.mjs';
import { id, open } from '../settings-page.mjs';
import { bytes, folder, php, posts, sandboxUrl } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'on-time', 'refreshed' );

const rig = join( dirname( fileURLToPath( import.meta.url ) ), '../..' );
/** One of the rig's PHP scripts in a process of its own, beside others. */
const beside = ( ...script ) => promisify( execFile )( join( rig, 'site.sh' ), [ 'php', '--site', folder, '--', ...script ] );

const state = () => JSON.parse( php( 'clock', 'state' ) );
const rate = ( calls ) => `add_filter( 'creators_image_refresh_requests_per_second', static fn() => ${ calls } );`;

const accountCode = ( name ) => {
	const { 'credential-id': credential, 'credential-secret': secret, 'partner-tag': tag, marketplace } = account( name );
	return `'${ marketplace }' => array( 'credential_id' => '${ credential }', 'credential_secret' => '${ secret }', 'credential_version' => '', 'marketplace' => '${ marketplace }', 'partner_tag' => '${ tag }' )`;
};
/** Three countries, each with an account of its own. */
const threeAccounts = `add_filter( 'creators_image_refresh_account', static fn( $account, $marketplace ) => array( ${ [ 'fine-3.1', 'fine-3.2', 'fine-3.3' ].map( accountCode ).join( ', ' ) } )[ $marketplace ] ?? null, 10, 2 );`;
const countries = [ 'fine-3.1', 'fine-3.2', 'fine-3.3' ].map( ( name ) => account( name ).marketplace );

const calls = async () => ( await ( await fetch( `${ sandboxUrl() }/_sandbox/log` ) ).json() ).filter( ( { path } ) => path.endsWith( '/getItems' ) );
const of = ( all, marketplace ) => all.filter( ( call ) => call.marketplace === marketplace );
/** The shortest time between the beginnings of two calls that follow each other. */
const distance = ( some ) => Math.min( ...some.slice( 1 ).map( ( { at_ms: at }, index ) => at - some[ index ].at_ms ) );

async function pressTheButton() {
	const answer = await rest( admin, 'POST', '/creators-image-refresh/v1/refresh' );
	assert.match( ( await answer.json() ).state, /^(running|done)$/ );
}

async function assertPagesStand() {
	for ( const { slug } of posts.slice( 0, 3 ) ) {
		assert.match( await bytes( `/${ slug }/` ), /<\/html>/ );
	}
}

/** Does what a test does with pictures of its own and code of the site's owner, and leaves nothing of it. */
async function withPictures( many, code, body ) {
	const takeAway = mustUse( 'on-time', code );
	try {
		php( 'clock', 'begin', ...Object.entries( many ).flat().map( String ) );
		await forgetCalls();
		await body();
	} finally {
		takeAway();
		php( 'clock', 'remove' );
		await forgetCalls();
	}
}

for ( const [ name, least ] of [ [ 'clock', 30 ], [ 'turns', 15 ], [ 'database', 15 ] ] ) {
	test( `on time: from inside, check-${ name }`, () => {
		const told = php( `check-${ name }` ).trim().split( '\n' );
		assert.deepEqual( told.filter( ( said ) => ! said.startsWith( 'ok ' ) ), [] );
		assert.ok( told.length > least, told.join( '\n' ) );
	} );
}

test( 'on time: the page says how long a full round takes, and warns before the day is too short', async () => {
	await withPictures( { 'www.amazon.com': 2000 }, rate( 0.1 ), async () => {
		await open( admin );
		assert.match( await admin.innerText( id( 'round' ) ), /A full round through 2,0\d\d pictures takes 2\d\d calls to Amazon, about 3[456] minutes/ );
		assert.equal( await admin.locator( '.creators-image-refresh-too-many' ).count(), 0 );
		php( 'clock', 'begin', 'www.amazon.com', '60000' );
		await open( admin );
		assert.match( await admin.innerText( '.creators-image-refresh-too-many' ), /amazon\.com: a full round through 62,0\d\d pictures takes about 18 hours of the 24 hours there are/ );
		await picture( admin, 'settings-day-nearly-full', true );
	} );
} );

test( 'on time: three accounts side by side, served by three processes, the web server and a person who presses the button, keep one call a second each', async () => {
	const each = Object.fromEntries( countries.map( ( marketplace ) => [ marketplace, 60 ] ) );
	await withPictures( each, threeAccounts + 'add_filter( \'creators_image_refresh_slice_seconds\', static fn() => 4.0 );', async () => {
		let over = false;
		const untilOver = async ( visit ) => {
			while ( ! over ) {
				await visit();
			}
		};
		const visits = [ untilOver( assertPagesStand ), untilOver( pressTheButton ), untilOver( pressTheButton ) ];
		await Promise.all( [ 1, 2, 3 ].map( () => beside( 'run-slices' ) ) );
		over = true;
		await Promise.all( visits );
		assert.deepEqual( state().by, Object.fromEntries( countries.map( ( marketplace ) => [ marketplace, '60' ] ) ) );
		const all = await calls();
		for ( const marketplace of countries ) {
			const own = of( all, marketplace );
			assert.equal( own.length, 6, `${ marketplace }: each picture is asked for once, ten at a time` );
			assert.ok( distance( own ) >= 1000, `${ marketplace }: ${ distance( own ) } ms between two calls` );
		}
		assert.ok( all.every( ( { status } ) => status === 200 ), 'Amazon refuses none' );
	} );
} );

test( 'on time: an account with a long queue or with no answer does not hold up the others', async () => {
	await withPictures( { [ countries[ 0 ] ]: 400, [ countries[ 1 ] ]: 10, [ countries[ 2 ] ]: 10 }, threeAccounts + 'add_filter( \'creators_image_refresh_slice_seconds\', static fn() => 3.0 );', async () => {
		await behave( 'fine-3.3', [ { fault: 'hang' } ] );
		php( 'run-once' );
		php( 'run-once' );
		const all = await calls();
		assert.equal( state().by[ countries[ 1 ] ], '10' );
		assert.ok( of( all, countries[ 0 ] ).length >= 2, 'and the long one goes on' );
		assert.equal( of( all, countries[ 2 ] ).length, 1, 'the silent one is left in peace' );
		await behave( 'fine-3.3', [] );
	} );
} );

test( 'on time: killed at fifty moments of a refresh, it goes on by itself; nothing is lost and no call is made twice but those under way', async () => {
	const many = 1000;
	const inFlight = 2;
	await withPictures( { 'www.amazon.com': many }, rate( '10.0' ), async () => {
		await behave( 'fine-3.1', [ { fault: { latency_ms: 60 } } ] );
		const before = php( 'known' );
		const ends = php( 'kill-runs', '50', '20261120' ).trim().split( '\n' );
		const killed = ends.filter( ( end ) => end === 'killed' ).length;
		assert.deepEqual( [ ends.length, killed > 0 ], [ 50, true ], 'some were killed half-way, and the others had come to their end' );
		await assertPagesStand();
		assert.ok( Number( php( 'clock', 'planned' ) ) < 180, 'another slice is planned for soon' );
		php( 'clock', 'pass', '40' );
		php( 'run-slices' );
		assert.equal( php( 'known' ), before, 'no picture is lost' );
		const { known, fresh, due } = state();
		assert.deepEqual( { known, fresh, due }, { known: many, fresh: many, due: 0 } );
		const made = ( await calls() ).length;
		assert.ok( made <= many / 10 + killed * inFlight, `${ made } calls, ${ many / 10 } needed, ${ killed } times killed` );
		await behave( 'fine-3.1', [] );
	} );
} );

test( 'on time: after a kill the next process waits until the killed one\'s calls cannot be under way any more', async () => {
	await withPictures( { 'www.amazon.com': 40 }, '', async () => {
		assert.equal( php( 'kill-runs', '1', '7' ).trim(), 'killed' );
		const first = ( await calls() ).length;
		php( 'run-once' );
		assert.equal( ( await calls() ).length, first, 'the lock and the pace of the killed one still hold' );
		php( 'clock', 'pass', '40' );
		php( 'run-once' );
		assert.ok( ( await calls() ).length > first, 'and are over half a minute later' );
	} );
} );

test( 'on time: Amazon away for a day is asked more and more rarely, pages stand, and it comes back by itself', async () => {
	await withPictures( { 'www.amazon.com': 10 }, rate( '10.0' ), async () => {
		await behave( 'fine-3.1', [ { fault: { status: 503 } } ] );
		const waits = [];
		for ( let passed = 0; passed < 86400 && waits.length < 4; passed += waits.at( -1 ) ) {
			php( 'run-once' );
			waits.push( Number( php( 'clock', 'planned' ) ) );
			assert.ok( waits.at( -1 ) > 0 && waits.at( -1 ) < 3600, `asked again in ${ waits.at( -1 ) } s` );
			php( 'run-once' );
			php( 'clock', 'pass', String( waits.at( -1 ) + 2 ) );
		}
		assert.deepEqual( waits, [ ...waits ].sort( ( one, other ) => one - other ), 'each wait is longer' );
		assert.ok( ( await calls() ).length <= 4 * 4, 'four attempts of one call each' );
		await assertPagesStand();
		await behave( 'fine-3.1', [] );
		php( 'run-once' );
		assert.equal( state().fresh, 10 );
	} );
} );
