import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { picture } from '../browser.mjs';
import { visitor } from '../people.mjs';
import { withRedis } from '../redis.mjs';
import { bytes, folder, php, sandboxUrl, url } from '../site.mjs';
import { begin, step, test } from '../story.mjs';

begin( 'everywhere', 'refreshed' );

const sources = fileURLToPath( new URL( '../../mu-plugins', import.meta.url ) );
const content = join( folder, 'wordpress/wp-content' );
const noted = join( folder, 'log/queries' );

let id, places, whole;

function put( name, into ) {
	mkdirSync( join( content, into ), { recursive: true } );
	copyFileSync( join( sources, name ), join( content, into, name ) );
}

/** What stands in the place of a picture: its markup, wherever its link stands. */
const standsFor = ( html, asin ) => [ ...html.matchAll( new RegExp( `<a href="https://www\\.amazon\\.com/dp/${ asin }[^>]*>(<(?:amp-)?img[^>]*>)`, 'g' ) ) ].map( ( [ , tag ] ) => tag );
const isAlive = ( tag ) => tag.includes( `${ sandboxUrl() }/images/` ) && ! tag.includes( 'amazon-adsystem' );

function assertAliveAt( html, place, times = 1 ) {
	const tags = standsFor( html, places[ place ] );
	assert.deepEqual( [ tags.length, tags.filter( isAlive ).length ], [ times, times ], `${ place }: ${ tags.join( ' ' ) }` );
}

/** The queries to the plugin's tables that one view of a page makes. */
async function queriesOf( path ) {
	rmSync( noted, { force: true } );
	await bytes( path );
	for ( const end = Date.now() + 5000; ! existsSync( noted ) && Date.now() < end; ) {
		await new Promise( setImmediate );
	}
	return readFileSync( noted, 'utf8' ).trim().split( '\n' ).map( JSON.parse ).filter( ( view ) => view.path === path ).flatMap( ( view ) => view.queries );
}

const known = () => php( 'known' ).trim().split( '\n' );
const writes = ( queries ) => queries.filter( ( query ) => ! query.startsWith( 'SELECT' ) );

step( 'everywhere: a post with a picture at every place there is', async () => {
	put( 'custom-field.php', 'mu-plugins' );
	put( 'count-queries.php', 'mu-plugins' );
	( { id, places, whole } = JSON.parse( php( 'everywhere', 'add' ) ) );
	php( 'run-cron' );
} );

test( 'everywhere: in the post, in a reusable block, and in AMP\'s own tag', async () => {
	const html = await bytes( '/everywhere/' );
	assertAliveAt( html, 'block' );
	assertAliveAt( html, 'amp' );
	assert.match( standsFor( html, places.amp )[ 0 ], /^<amp-img [^>]*layout="fixed" width="160" height="160"/, 'AMP\'s tag stays one, with its size' );
} );

test( 'everywhere: a comment is left as it was written', async () => {
	const html = await bytes( '/everywhere/' );
	const said = html.match( /<div class="said">(.*?)<\/div>/s )[ 1 ];
	assert.match( said, new RegExp( `amazon-adsystem\\.com/widgets/q\\?[^"]*ASIN=${ places.content }` ) );
	assert.match( said, /said Edith/ );
	assert.doesNotMatch( said, /<!--/, 'and bears no mark' );
	assert.equal( standsFor( html, places.content ).filter( isAlive ).length, 1, 'beside it the same picture in the post is alive' );
} );

test( 'everywhere: in excerpts and in what REST renders', async () => {
	const { excerpt, content: text } = await ( await fetch( url( `/wp-json/wp/v2/posts/${ id }` ) ) ).json();
	assertAliveAt( excerpt.rendered, 'excerpt' );
	assertAliveAt( text.rendered, 'content' );
	assertAliveAt( text.rendered, 'block' );
} );

test( 'everywhere: in the feed', async () => {
	const feed = await bytes( '/feed/' );
	const item = feed.split( '<item>' ).find( ( part ) => part.includes( '/everywhere/' ) );
	assertAliveAt( item, 'content' );
	assertAliveAt( item, 'excerpt' );
} );

test( 'everywhere: in the description of a category, once two visitors have been there', async () => {
	await bytes( '/category/everywhere/' );
	await bytes( '/category/everywhere/' );
	php( 'run-cron' );
	const tags = standsFor( await bytes( '/category/everywhere/' ), places.term );
	assert.ok( tags.length > 0 && tags.every( isAlive ), tags.join( ' ' ) );
} );

test( 'everywhere: what a theme\'s code prints is noted at the first visit, known at the second and alive after it, where WordPress collects the page', async () => {
	await bytes( '/everywhere/' );
	await bytes( '/everywhere/' );
	php( 'run-cron' );
	const tags = standsFor( await bytes( '/everywhere/' ), places.field );
	assert.deepEqual( tags.map( isAlive ), [ whole ], tags.join( ' ' ) );
	await visitor.goto( url( '/everywhere/' ) );
	await picture( visitor, 'post-everywhere', true );
} );

test( 'queries: one for a page, however many posts and pictures it has, none where there is no picture, and none where the process has shown it before', async () => {
	for ( const path of [ '/', '/everywhere/', '/category/everywhere/', '/bread-that-waits/', '/feed/' ] ) {
		php( 'forget-pages' );
		const queries = await queriesOf( path );
		assert.equal( queries.length, 1, `${ path }: ${ queries.join( '\n' ) }` );
		assert.match( queries[ 0 ], /^SELECT/ );
		const again = [];
		// Which process answers is the server's choice.
		while ( again.at( -1 ) !== 0 && again.length < 12 ) {
			again.push( ( await queriesOf( path ) ).length );
		}
		assert.equal( again.at( -1 ), 0, `${ path }: ${ again.join() }` );
	}
	assert.deepEqual( await queriesOf( '/wp-json/' ), [] );
} );

test( 'queries: none where an object cache has the pictures, and a new picture is seen at once', async () => {
	await withRedis( async () => {
		for ( const path of [ '/', '/everywhere/' ] ) {
			await bytes( path );
			assert.deepEqual( await queriesOf( path ), [], path );
		}
		php( 'spoil', places.content );
		assert.match( standsFor( await bytes( '/everywhere/' ), places.content ).join(), /images-of-old/, 'what was stored is shown' );
		php( 'run-cron' );
		const now = await bytes( '/everywhere/' );
		assert.doesNotMatch( now, /images-of-old/, 'and what was fetched since, too' );
		assert.equal( standsFor( now, places.content ).filter( isAlive ).length, 1 );
	} );
} );

for ( const name of [ 'scanner', 'page-caches', 'when-refused', 'discovered', 'comments', 'hooks', 'visitors', 'page-buffer', 'late-loaders' ] ) {
	test( `from inside: check-${ name }`, () => {
		const told = php( `check-${ name }` ).trim().split( '\n' );
		assert.deepEqual( told.filter( ( said ) => ! /^(ok|skipped) /.test( said ) ), [] );
		assert.ok( told.length > 3 || told[ 0 ].startsWith( 'skipped ' ), told.join( '\n' ) );
	} );
}

test( 'queued: a page full of strange pictures writes a few rows at its first visits, and nothing when they are known', async () => {
	const before = known().length;
	php( 'everywhere', 'many', '120' );
	const first = writes( await queriesOf( '/everywhere/' ) );
	assert.equal( first.filter( ( query ) => query.startsWith( 'INSERT' ) ).length, whole ? 1 : 0, first.join( '\n' ) );
	assert.equal( known().length, before, 'nothing is to be fetched after one visit' );
	for ( let view = 0; view < ( whole ? 5 : 0 ); view++ ) {
		await bytes( '/everywhere/' );
	}
	assert.deepEqual( writes( await queriesOf( '/everywhere/' ) ), [] );
	assert.equal( known().length, before + ( whole ? 120 : 0 ) );
} );

test( 'everywhere: all of it is forgotten with its post', async () => {
	php( 'everywhere', 'remove' );
	php( 'run-cron' );
	assert.deepEqual( known().filter( ( product ) => /B0(PLACE|MANY)/.test( product ) ), [] );
	rmSync( join( content, 'mu-plugins' ), { recursive: true } );
} );
