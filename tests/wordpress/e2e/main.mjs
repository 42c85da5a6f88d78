/** All journeys in one browser, or those whose names stand in E2E_JOURNEYS: each begins on a site of its own. */
import { readdirSync } from 'node:fs';
import { after } from 'node:test';
import { close } from './browser.mjs';

const folder = new URL( 'journeys/', import.meta.url );
const wanted = ( process.env.E2E_JOURNEYS ?? '' ).split( /[\s,]+/ ).filter( Boolean );
const number = ( name ) => Number.parseInt( name, 10 );
const journeys = readdirSync( folder ).sort( ( one, other ) => number( one ) - number( other ) || one.localeCompare( other ) );

for ( const name of journeys ) {
	if ( wanted.length === 0 || wanted.some( ( word ) => name.replace( /^\d+-|\.mjs$/g, '' ) === word ) ) {
		await import( new URL( name, folder ) );
	}
}
after( close );
