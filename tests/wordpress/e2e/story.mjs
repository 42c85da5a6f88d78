/**
 * A journey: tests that build on each other, on a site that is in a known state when they begin. Where a step fails that others
 * stand on, those fail at once and say why; other journeys begin anew.
 */
import { test as nodeTest } from 'node:test';
import { arrive } from './states.mjs';

export const NOT_TRIED = 'not tried, because this failed';

let lost = null;

/** Begins one: the site is as states.mjs says, whatever has come before. */
export function begin( journey, state ) {
	nodeTest( `${ journey }: begins on a site that is ${ state }`, async () => {
		lost = null;
		try {
			await arrive( state );
		} catch ( error ) {
			lost = `a site that is ${ state }`;
			throw error;
		}
	} );
}

export function test( name, body ) {
	nodeTest( name, async () => {
		if ( lost !== null ) {
			throw new Error( `${ NOT_TRIED }: ${ lost }` );
		}
		await body();
	} );
}

/** A test without which the rest of the journey makes no sense. */
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
