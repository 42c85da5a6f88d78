/** The three who visit the site, each in a browser of their own, shared by all journeys. */
import { person } from './browser.mjs';

export const admin = await person();
export const editor = await person();
export const visitor = await person();

/** What goes wrong in the scripts of a page counts as a fault wherever it happens. */
export const scriptErrors = [];
for ( const page of [ admin, editor, visitor ] ) {
	page.on( 'pageerror', ( error ) => scriptErrors.push( `${ page.url() }: ${ error.message }` ) );
}
