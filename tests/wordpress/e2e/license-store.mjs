/** The stand-in for the store that sells licenses, and the little plugin that tells the site where it is. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './ports.mjs';
import { folder } from './site.mjs';

const script = fileURLToPath( new URL( '../license-store/store.php', import.meta.url ) );
const state = join( folder, 'run/license-store.json' );
const mustUse = join( folder, 'wordpress/wp-content/mu-plugins' );
const plugin = join( mustUse, 'license-store.php' );

export const ITEM = 4711;
let server = null;

async function answers( address ) {
	try {
		await fetch( address, { method: 'HEAD' } );
		return true;
	} catch {
		return false;
	}
}

/** What it sells and what it was asked. */
export const read = () => JSON.parse( readFileSync( state, 'utf8' ) );

/** Changes what it sells, or how it behaves. */
export function change( edit ) {
	const store = read();
	edit( store );
	writeFileSync( state, JSON.stringify( store ) );
}

/** What it was asked since the last time somebody looked. */
export function asked() {
	const store = read();
	const seen = store.asked;
	change( ( now ) => { now.asked = []; } );
	return seen.filter( ( { method } ) => method === 'POST' );
}

export const license = ( more = {} ) => ( { item_id: ITEM, item_name: 'Creators Image Refresh for Amazon', expires: '2031-03-01 23:59:59', limit: 1, disabled: false, sites: [], ...more } );

/** Starts the store and tells the site of it; further lines of PHP may say more. */
export async function start( licenses ) {
	writeFileSync( state, JSON.stringify( { licenses, mode: '', asked: [] } ) );
	const port = await freePort();
	server = spawn( 'php', [ '-n', '-S', `127.0.0.1:${ port }`, script ], { env: { ...process.env, LICENSE_STORE: state }, stdio: 'ignore', cwd: folder } );
	const address = `http://127.0.0.1:${ port }/`;
	for ( let tries = 0; ! await answers( address ); tries++ ) {
		if ( tries > 200 || server.exitCode !== null ) {
			throw new Error( 'the store does not start' );
		}
		await new Promise( ( again ) => setTimeout( again, 25 ) );
	}
	tellSite( `add_filter( 'creators_image_refresh_license_store', static fn() => array( 'url' => '${ address }', 'item_id' => ${ ITEM } ) );` );
}

const lines = new Set();

/** Adds a line to what the site is told. */
export function tellSite( line ) {
	lines.add( line );
	mkdirSync( mustUse, { recursive: true } );
	writeFileSync( plugin, `<?php\n${ [ ...lines ].join( '\n' ) }\n` );
}

/** Takes a line back. */
export function untellSite( line ) {
	lines.delete( line );
	writeFileSync( plugin, `<?php\n${ [ ...lines ].join( '\n' ) }\n` );
}

/** Ends the store, and the site knows of none. */
export function stop() {
	lines.clear();
	for ( const file of [ plugin, state ] ) {
		if ( existsSync( file ) ) {
			rmSync( file );
		}
	}
	server?.kill();
	server = null;
}

process.on( 'exit', () => server?.kill() );
