/** Tests that build on each other: where a step fails that others stand on, those fail at once and say why. */
import { test as nodeTest } from 'node:test';

export const NOT_TRIED = 'not tried, because this failed';

let lost = null;

export function test( name, body ) {
	nodeTest( name, async () => {
		if ( lost !== null ) {
			throw new Error( `${ NOT_TRIED }: ${ lost }` );
		}
		await body();
	} );
}

/** A test without which the rest of the story makes no sense. */
export function step( name, body ) {
	test( name, async () => {
		try {
			await body();
		} catch ( error ) {
			lost = name;
			throw error;
		}
	} );
}
