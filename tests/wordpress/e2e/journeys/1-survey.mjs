import assert from 'node:assert/strict';
import { person, picture } from '../browser.mjs';
import { admin } from '../people.mjs';
import { PATH, assertAccessible, id, open } from '../settings-page.mjs';
import { posts, url, widgets } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'survey', 'active' );

/** Pictures whose address still answered when SiteStripe's no longer did are not counted as switched off. */
const switchedOff = ( { dead, markup } ) => dead - ( dead > 0 ? ( markup.match( /images-amazon\.com\/images\/P\//g ) ?? [] ).length : 0 );
const pictures = [ ...posts, ...widgets ].map( switchedOff ).reduce( ( total, number ) => total + number, 0 );
const inPosts = posts.filter( ( post ) => switchedOff( post ) > 0 ).length;

async function assertFound( page ) {
	const panel = page.locator( id( 'survey' ) );
	assert.equal( await panel.getAttribute( 'data-pictures' ), String( pictures ) );
	assert.equal( await panel.getAttribute( 'data-posts' ), String( inPosts ) );
	assert.match( await panel.innerText(), new RegExp( `${ pictures } dead Amazon pictures in ${ inPosts } posts and your widgets\\.` ) );
	assert.match( await panel.innerText(), /United Kingdom \(amazon\.co\.uk\)\s+2 pictures/ );
	assert.equal( await panel.locator( '.creators-image-refresh-survey-examples li' ).count(), 5 );
}

test( 'survey: with no credentials the page says what was found, by itself', async () => {
	await open( admin );
	await admin.waitForSelector( `${ id( 'survey' ) }[data-complete="1"]` );
	await assertFound( admin );
	await picture( admin, 'settings-survey', true );
} );

test( 'survey: axe finds nothing on it, and it fits a telephone', async () => {
	await assertAccessible( admin );
	await admin.setViewportSize( { width: 400, height: 900 } );
	await picture( admin, 'settings-survey-narrow' );
	const beyond = await admin.evaluate( () => document.querySelector( '#wpbody-content' ).scrollWidth - window.innerWidth );
	await admin.setViewportSize( { width: 1200, height: 1000 } );
	assert.ok( beyond <= 0, `nothing sticks out at 400 pixels (${ beyond })` );
} );

test( 'survey: the examples lead to the posts, to look at and to edit', async () => {
	const example = admin.locator( `${ id( 'survey' ) } .creators-image-refresh-survey-examples li` ).first();
	const title = await example.locator( 'span' ).first().innerText();
	const [ view, edit ] = await example.locator( 'a' ).evaluateAll( ( links ) => links.map( ( link ) => link.href ) );
	assert.ok( posts.some( ( post ) => post.title === title && view === url( `/${ post.slug }/` ) ), `${ title }: ${ view }` );
	assert.equal( ( await admin.request.get( edit ) ).status(), 200 );
} );

test( 'survey: where there is more to count than a page may wait for, the script counts on', async () => {
	await admin.route( `**${ PATH }`, async ( route ) => {
		const page = await ( await route.fetch() ).text();
		const [ before, panel, after ] = page.split( /(<section[^>]*id="creators-image-refresh-survey"[\s\S]*?<\/section>)/ );
		const begun = panel.replace( /data-complete="1"/, 'data-complete="0"' ).replace( /data-(pictures|posts)="\d+"/g, 'data-$1="0"' ).replace( /<li>[\s\S]*?<\/li>/g, '' ).replace( /<h3>/, '<h3 hidden>' );
		await route.fulfill( { contentType: 'text/html', body: before + begun + after } );
	} );
	await open( admin );
	await admin.waitForSelector( `${ id( 'survey' ) }[data-complete="1"]` );
	await assertFound( admin );
	assert.equal( await admin.locator( `${ id( 'survey' ) } h3` ).isVisible(), true );
	await assertAccessible( admin );
	await admin.unroute( `**${ PATH }` );
} );

test( 'survey: without JavaScript a reload shows the same', async () => {
	const page = await person( { javaScriptEnabled: false, storageState: await admin.context().storageState() } );
	await open( page );
	await assertFound( page );
	await page.context().close();
} );
