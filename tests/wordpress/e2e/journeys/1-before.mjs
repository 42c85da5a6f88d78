import assert from 'node:assert/strict';
import { picture } from '../browser.mjs';
import { assertOldPages } from '../old-pages.mjs';
import { admin, visitor } from '../people.mjs';
import { dead, picturesIn } from '../pictures.mjs';
import * as pluginsPage from '../plugins-page.mjs';
import { posts, sum, url, widgets } from '../site.mjs';
import { begin, step, test } from '../story.mjs';

begin( 'before', 'fresh' );

test( 'before: every Amazon picture on the blog is dead', async () => {
	await visitor.goto( url() );
	const pictures = dead( await picturesIn( visitor, 'main' ) );
	assert.equal( pictures.length, sum( posts ) + sum( widgets ) );
	assert.deepEqual( pictures.filter( ( { naturalWidth } ) => naturalWidth > 0 ), [] );
	await picture( visitor, 'front-page-before' );
	await visitor.goto( url( '/five-cookbooks-with-stains/' ) );
	await picture( visitor, 'post-before', true );
} );

test( 'before: a page is the same bytes each time it is asked for', async () => {
	await assertOldPages();
} );

step( 'the plugin is switched on and changes no page yet', async () => {
	await pluginsPage.open( admin );
	await pluginsPage.switchOn( admin );
	await assertOldPages();
} );
