/** The Plugins page of WordPress. */
import { url } from './site.mjs';

const row = 'tr[data-plugin="creators-image-refresh/creators-image-refresh.php"]';

export const open = ( page ) => page.goto( url( '/wp-admin/plugins.php' ) );

export async function switchOn( page ) {
	await page.click( `${ row } .activate a` );
	await page.waitForSelector( `${ row } .deactivate a` );
}

export async function switchOff( page ) {
	await page.click( `${ row } .deactivate a` );
	await page.waitForSelector( `${ row } .activate a` );
}

export async function remove( page ) {
	page.once( 'dialog', ( dialog ) => dialog.accept() );
	await page.click( `${ row } .delete a` );
	await page.waitForFunction( ( gone ) => document.querySelector( `${ gone }:not(.deleted)` ) === null, row );
}
