import assert from 'node:assert/strict';
import { rest } from '../browser.mjs';
import { admin, editor } from '../people.mjs';
import { PATH } from '../settings-page.mjs';
import { url } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'access', 'refreshed' );

const NAMESPACE = '/creators-image-refresh/v1';

/** Every method of every route of the plugin. */
async function doors() {
	const { routes } = await ( await rest( admin, 'GET', NAMESPACE ) ).json();
	return Object.entries( routes )
		.filter( ( [ path ] ) => path !== NAMESPACE )
		.flatMap( ( [ path, { methods } ] ) => methods.map( ( method ) => [ method, path ] ) );
}

test( 'access: the plugin has REST routes', async () => assert.ok( ( await doors() ).length >= 2 ) );

test( 'access: a stranger gets 401 at every REST route', async () => {
	for ( const [ method, path ] of await doors() ) {
		assert.equal( ( await fetch( url( `/wp-json${ path }` ), { method } ) ).status, 401, `${ method } ${ path }` );
	}
} );

test( 'access: an editor gets 403 at every REST route', async () => {
	for ( const [ method, path ] of await doors() ) {
		assert.equal( ( await rest( editor, method, path ) ).status(), 403, `${ method } ${ path }` );
	}
} );

test( 'access: an editor does not get to the settings page', async () => {
	assert.equal( ( await editor.goto( url( PATH ) ) ).status(), 403 );
} );
