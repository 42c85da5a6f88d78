/** States of the site in which a journey may begin: each is made once, by the shortest way, and put back as often as it is wanted. */
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { add, fieldsFor, forgetCalls } from './accounts-tab.mjs';
import { licenseKey } from './accounts.mjs';
import { signIn } from './browser.mjs';
import { rememberOldPages } from './old-pages.mjs';
import { admin, editor, visitor } from './people.mjs';
import { folder, php, restart } from './site.mjs';

const content = join( folder, 'wordpress/wp-content' );
const plugin = join( content, 'plugins/creators-image-refresh' );
const source = fileURLToPath( new URL( '../../../wp-plugin', import.meta.url ) );

/** Each rests on the one before it. */
const STATES = {
	fresh: async () => {
		await rememberOldPages();
		await signIn( admin, 'admin' );
		await signIn( editor, 'editor' );
	},
	active: () => php( 'activate' ),
	saved: () => php( 'configure', 'fine-3.1', licenseKey ),
	refreshed: () => php( 'run-cron' ),
	accounts: async () => {
		await add( admin, fieldsFor( 'fine-3.2', 'www.amazon.de' ) );
		await add( admin, fieldsFor( 'fine-3.3', 'www.amazon.co.jp' ) );
		php( 'run-cron' );
	},
};
const kept = new Set();

/** Nobody is looking at a page, and nothing lies beside the database that a journey has put there. */
async function clear() {
	for ( const page of [ admin, editor, visitor ] ) {
		await page.unrouteAll( { behavior: 'ignoreErrors' } );
		await page.setViewportSize( { width: 1200, height: 1000 } );
		await page.goto( 'about:blank' );
	}
	for ( const left of [ 'mu-plugins', 'object-cache.php', 'plugins/image-refresh-example' ] ) {
		rmSync( join( content, left ), { recursive: true, force: true } );
	}
	if ( ! existsSync( plugin ) ) {
		cpSync( source, plugin, { recursive: true } );
	}
	if ( /^extension=off$/m.test( readFileSync( join( folder, 'site.conf' ), 'utf8' ) ) ) {
		restart( 'on' );
	}
	await forgetCalls();
}

/** Puts the site into a state. */
export async function arrive( wanted ) {
	const way = Object.keys( STATES ).slice( 0, Object.keys( STATES ).indexOf( wanted ) + 1 );
	const last = way.findLastIndex( ( name ) => kept.has( name ) );
	await clear();
	if ( last >= 0 ) {
		php( 'snapshot', 'restore', way[ last ] );
	}
	for ( const name of way.slice( last + 1 ) ) {
		await STATES[ name ]();
		php( 'snapshot', 'keep', name );
		kept.add( name );
	}
}
