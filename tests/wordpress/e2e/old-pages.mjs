/** Every page as it was before the plugin came. */
import assert from 'node:assert/strict';
import { bytes, pagePaths } from './site.mjs';

export const oldPages = new Map();

export async function rememberOldPages() {
	for ( const path of pagePaths ) {
		oldPages.set( path, await bytes( path ) );
	}
}

/** The pages are still what they were, to the byte. */
export async function assertOldPages() {
	assert.equal( oldPages.size, pagePaths.length );
	for ( const [ path, page ] of oldPages ) {
		assert.equal( await bytes( path ), page, `${ path } is the old page` );
	}
}
