/** A line for each test, the whole story for each failure, and the numbers in a file for the one who adds them up. */
import { writeFileSync } from 'node:fs';
import { NOT_TRIED } from './story.mjs';

const LONGEST = 3000;

/** What failed and where in our own files, without colours. */
function story( error ) {
	const cause = error?.cause ?? error;
	if ( cause?.message?.startsWith( NOT_TRIED ) ) {
		return `         ${ cause.message }`;
	}
	return String( cause?.stack ?? cause )
		.replace( /\u001b\[[0-9;]*m/g, '' )
		.split( '\n' )
		.filter( ( line ) => ! /^\s+at .*(node:internal|node:async_hooks|playwright-core)/.test( line ) )
		.join( '\n' )
		.slice( 0, LONGEST )
		.replace( /^/gm, '         ' );
}

export default async function* reporter( events ) {
	let passed = 0;
	let failed = 0;
	for await ( const { type, data } of events ) {
		if ( data.nesting > 0 ) {
			continue;
		}
		const seconds = ( ( data.details?.duration_ms ?? 0 ) / 1000 ).toFixed( 1 ).padStart( 6 );
		if ( type === 'test:pass' ) {
			passed++;
			yield `  ok   ${ seconds } s  ${ data.name }\n`;
		} else if ( type === 'test:fail' ) {
			failed++;
			yield `  FAIL ${ seconds } s  ${ data.name }\n${ story( data.details.error ) }\n`;
		}
	}
	writeFileSync( process.env.E2E_COUNTS, `${ passed } ${ failed }\n` );
}
