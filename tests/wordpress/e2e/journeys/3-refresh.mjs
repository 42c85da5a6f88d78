import assert from 'node:assert/strict';
import { picture } from '../browser.mjs';
import { oldPages } from '../old-pages.mjs';
import { admin, visitor } from '../people.mjs';
import { assertAlive } from '../pictures.mjs';
import { assertAccessible, counts, open, refresh } from '../settings-page.mjs';
import { bytes, php, posts, products, sum, url, widgets } from '../site.mjs';
import { begin, step, test } from '../story.mjs';

begin( 'refresh', 'saved' );

step( 'refresh: the button runs until it is done', async () => {
	await open( admin );
	assert.deepEqual( await refresh( admin ), [ 'running', 'done' ] );
	assert.deepEqual( await counts( admin ), { known: products.length, fresh: products.length, failed: 0 } );
	await picture( admin, 'settings-refreshed', true );
} );

test( 'refresh: axe finds nothing on the page afterwards', () => assertAccessible( admin ) );

test( 'refresh: each product was found at its own marketplace', () => {
	assert.deepEqual( php( 'known' ).trim().split( '\n' ), products );
} );

test( 'refresh: the numbers are there after a reload', async () => {
	const before = await counts( admin );
	await open( admin );
	assert.deepEqual( await counts( admin ), before );
} );

for ( const post of posts ) {
	test( `alive: ${ post.dead } in "${ post.title }"`, async () => {
		await visitor.goto( url( `/${ post.slug }/` ) );
		await assertAlive( visitor, '.wp-block-post-content', post.dead );
		await picture( visitor, `post-${ post.slug }`, true );
	} );
}

test( `alive: ${ sum( widgets ) } in the widgets beside the posts`, () => assertAlive( visitor, '.notes', sum( widgets ) ) );

test( `alive: all ${ sum( posts ) + sum( widgets ) } on the front page`, async () => {
	await visitor.goto( url() );
	await assertAlive( visitor, 'main', sum( posts ) + sum( widgets ) );
	await picture( visitor, 'front-page-after' );
	await picture( visitor, 'front-page-after-whole', true );
	await visitor.setViewportSize( { width: 400, height: 900 } );
	await picture( visitor, 'front-page-after-narrow' );
	await visitor.setViewportSize( { width: 1200, height: 1000 } );
} );

test( 'untouched: code, comments, scripts and text fields keep their bytes', async () => {
	const page = await bytes( '/how-these-posts-were-made/' );
	for ( const asin of [ 'B08D23HJC7', 'B0CGF5811P', 'B078ZNGF32', 'B0759EA8SP' ] ) {
		const line = ( html ) => html.split( '\n' ).filter( ( text ) => text.includes( asin ) );
		assert.deepEqual( line( page ), line( oldPages.get( '/how-these-posts-were-made/' ) ), asin );
	}
} );

test( 'untouched: outside the pictures every page is the old page', async () => {
	const withoutPictures = ( html ) => html.replace( /<img\b[^>]*>/gi, '<img>' );
	for ( const [ path, page ] of oldPages ) {
		assert.equal( withoutPictures( await bytes( path ) ), withoutPictures( page ), path );
	}
} );
