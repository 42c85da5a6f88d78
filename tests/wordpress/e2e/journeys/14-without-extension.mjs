import assert from 'node:assert/strict';
import { picture } from '../browser.mjs';
import { assertOldPages } from '../old-pages.mjs';
import { admin, visitor } from '../people.mjs';
import { assertAlive } from '../pictures.mjs';
import * as pluginsPage from '../plugins-page.mjs';
import { assertAccessible, id, open } from '../settings-page.mjs';
import { php, restart, url } from '../site.mjs';
import { begin, step, test } from '../story.mjs';

begin( 'without-extension', 'refreshed' );

test( 'without the extension: the pages are the old pages', async () => {
	restart( 'off' );
	await assertOldPages();
} );

test( 'without the extension: the settings page says what is missing', async () => {
	await open( admin );
	assert.match( await admin.innerText( id( 'requirements' ) ), /creators_api/ );
	const letter = await admin.inputValue( id( 'host-message' ) );
	assert.ok( letter.includes( php( 'version' ).trim() ), `the version of PHP stands in: ${ letter }` );
	assert.match( letter, /\b(cli-server|fpm-fcgi)\b/ );
	assert.match( letter, /\b(NTS|ZTS)\b/ );
	assert.match( letter, /php\.ini/ );
	for ( const words of [ letter, await admin.innerText( id( 'hint' ) ) ] ) {
		assert.match( words, /command line has the extension/, 'that the command line had it until now is said' );
	}
	await picture( admin, 'settings-extension-missing', true );
} );

test( 'without the extension: axe finds nothing on that page', () => assertAccessible( admin ) );

test( 'without the extension: the plugin is switched off and on', async () => {
	await pluginsPage.open( admin );
	await pluginsPage.switchOff( admin );
	await pluginsPage.switchOn( admin );
	php( 'run-cron' );
	await assertOldPages();
} );

step( 'without the extension: when it is back, so are the pictures', async () => {
	restart( 'on' );
	await visitor.goto( url( '/bread-that-waits/' ) );
	await assertAlive( visitor, '.wp-block-post-content', 2 );
} );
