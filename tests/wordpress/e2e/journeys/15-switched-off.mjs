import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertOldPages } from '../old-pages.mjs';
import { admin, scriptErrors } from '../people.mjs';
import * as pluginsPage from '../plugins-page.mjs';
import { folder, php } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'switched-off', 'refreshed' );

/** With the way to wordpress.org closed, WordPress says so itself. */
const NO_FAULT_OF_OURS = /An unexpected error occurred\. Something may be wrong with WordPress\.org/;

test( 'switched off: every page is the old page, to the byte', async () => {
	await pluginsPage.open( admin );
	await pluginsPage.switchOff( admin );
	await assertOldPages();
} );

test( 'deleted: no option, no table, no planned job of the plugin is left', async () => {
	await pluginsPage.remove( admin );
	assert.equal( php( 'leftovers' ), '' );
	await assertOldPages();
} );

test( 'all along: not one notice, warning or deprecation in the logs', () => {
	const lines = [ 'debug.log', 'php-errors.log' ]
		.map( ( name ) => join( folder, 'log', name ) )
		.filter( existsSync )
		.flatMap( ( file ) => readFileSync( file, 'utf8' ).split( '\n' ) )
		.filter( ( line ) => line !== '' && ! NO_FAULT_OF_OURS.test( line ) );
	assert.deepEqual( lines, [] );
} );

test( 'all along: no script of a page has failed', () => assert.deepEqual( scriptErrors, [] ) );
