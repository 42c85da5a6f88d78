/** One Chromium for all tests, which reaches nothing but this machine, and the people who use it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { screenshots, url } from './site.mjs';

const FLAGS = [ '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync' ];
const PATIENCE = 20000;

const browser = await chromium.launch( { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS } );

export const close = () => browser.close();

/** A new person with an empty browser. Amazon's dead hosts stay unreachable, as they are in life. */
export async function person( options = {} ) {
	const context = await browser.newContext( { viewport: { width: 1200, height: 1000 }, reducedMotion: 'reduce', ...options } );
	context.setDefaultTimeout( PATIENCE );
	await context.route( ( target ) => target.hostname !== '127.0.0.1', ( route ) => route.abort() );
	return context.newPage();
}

/** WordPress's login page moves the cursor a moment after it has loaded; whoever types earlier is interrupted. */
export async function signIn( page, name ) {
	await page.goto( url( '/wp-login.php' ) );
	await page.waitForSelector( '#user_login:focus' );
	await page.fill( '#user_login', name );
	await page.fill( '#user_pass', 'demo-password' );
	await page.click( '#wp-submit' );
	await page.waitForSelector( '#wpadminbar' );
}

/** Asks the REST API as the person signed in on a page, the way a script of WordPress would. */
export async function rest( page, method, path, data = undefined ) {
	const nonce = await ( await page.request.get( url( '/wp-admin/admin-ajax.php?action=rest-nonce' ) ) ).text();
	return page.request.fetch( url( `/wp-json${ path }` ), { method, data, headers: { 'X-WP-Nonce': nonce } } );
}

/** A screenshot, of what fits the window or of the whole page: the window grows then, and so does WordPress's menu. */
export async function picture( page, name, whole = false ) {
	const window = page.viewportSize();
	if ( whole ) {
		const height = await page.evaluate( () => document.documentElement.scrollHeight );
		await page.setViewportSize( { width: window.width, height: Math.max( height, window.height ) } );
	}
	mkdirSync( screenshots, { recursive: true } );
	await page.screenshot( { path: join( screenshots, `${ name }.png` ) } );
	await page.setViewportSize( window );
}
