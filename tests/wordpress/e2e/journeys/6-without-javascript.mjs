import assert from 'node:assert/strict';
import { person } from '../browser.mjs';
import { admin, visitor } from '../people.mjs';
import { assertAlive } from '../pictures.mjs';
import { fill, id, open } from '../settings-page.mjs';
import { php, url } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'without-javascript', 'refreshed' );

let page;

/** Presses a button that sends a form, and gives what the next page says in a region. */
async function send( button, region ) {
	await Promise.all( [ page.waitForNavigation(), page.click( id( button ) ) ] );
	const answer = page.locator( id( region ) );
	return { status: await answer.getAttribute( 'data-status' ), state: await answer.getAttribute( 'data-state' ), words: await answer.innerText() };
}

test( 'without JavaScript: the credentials are tested', async () => {
	page = await person( { javaScriptEnabled: false, storageState: await admin.context().storageState() } );
	await open( page );
	const { status, words } = await send( 'test', 'test-result' );
	assert.equal( status, 'ok', words );
	await fill( page, { 'partner-tag': 'nobodys-20' } );
	assert.equal( ( await send( 'test', 'test-result' ) ).status, 'wrong_partner_tag' );
	assert.equal( await page.inputValue( id( 'partner-tag' ) ), 'nobodys-20', 'what was typed is still there' );
} );

test( 'without JavaScript: the pictures are refreshed', async () => {
	php( 'age-links', '25' );
	await open( page );
	const { state, words } = await send( 'refresh', 'progress' );
	assert.equal( state, 'done', words );
	await visitor.goto( url( '/bread-that-waits/' ) );
	await assertAlive( visitor, '.wp-block-post-content', 2 );
} );
