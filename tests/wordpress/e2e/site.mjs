/** The site under test, seen from outside the browser: its address, its posts, its commands, its files. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rig = fileURLToPath( new URL( '..', import.meta.url ) );

export const folder = process.env.E2E_SITE;
export const screenshots = process.env.E2E_SCREENSHOTS;
export const url = ( path = '/' ) => readFileSync( join( folder, 'run/url' ), 'utf8' ).trim() + path;
export const sandboxUrl = () => `http://127.0.0.1:${ readFileSync( join( folder, 'run/sandbox.port' ), 'utf8' ).trim() }`;

const run = ( verb, ...rest ) => execFileSync( join( rig, 'site.sh' ), [ verb, '--site', folder, ...rest ], { encoding: 'utf8', maxBuffer: 1 << 28 } );

/** Starts everything anew, with or without the extension. */
export const restart = ( extension ) => run( 'start', '--extension', extension );

/** Runs one of the rig's PHP scripts inside the site. */
export const php = ( script, ...args ) => run( 'php', '--', script, ...args );

/** WordPress has cards for a pair of name and password under Settings > Connectors from 7.1 on. */
const [ major, minor ] = php( 'wordpress-version' ).split( '.' ).map( Number );
export const hasCards = major > 7 || ( major === 7 && minor >= 1 );

function readBlogFile( file ) {
	const [ , head, markup ] = readFileSync( file, 'utf8' ).split( '---\n' );
	const fields = Object.fromEntries( head.trim().split( '\n' ).map( ( line ) => line.split( /:\s*(.*)/, 2 ) ) );
	return { ...fields, slug: basename( file, '.html' ), dead: Number( fields.dead ), markup };
}

const readFolder = ( name ) => readdirSync( join( rig, name ) ).sort().map( ( file ) => readBlogFile( join( rig, name, file ) ) );

export const posts = readFolder( 'posts' );
export const widgets = readFolder( 'widgets' );
export const sum = ( entries ) => entries.reduce( ( total, entry ) => total + entry.dead, 0 );
/** What the plugin has to find: "marketplace ASIN", as the heads of the files say it. */
export const products = [ ...new Set( [ ...posts, ...widgets ].filter( ( entry ) => entry.products ).flatMap( ( entry ) => {
	const [ marketplace, ...asins ] = entry.products.split( ' ' );
	return asins.map( ( asin ) => `${ marketplace } ${ asin }` );
} ) ) ].sort();

export const pagePaths = [ '/', ...posts.map( ( post ) => `/${ post.slug }/` ) ];

/** A page as a visitor without a browser gets it: the bytes. */
export async function bytes( path ) {
	const answer = await fetch( url( path ) );
	if ( answer.status !== 200 ) {
		throw new Error( `${ path } answers ${ answer.status }` );
	}
	return answer.text();
}
