/** The plugin's translations as their files say them, and the words that a page shows. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath( new URL( '../../../wp-plugin/languages/', import.meta.url ) );

/** What a .po file holds: list of {id, text, places}, of a number the form for one. */
export function entries( locale ) {
	return readFileSync( `${ folder }creators-image-refresh-${ locale }.po`, 'utf8' ).split( '\n\n' ).slice( 1 ).map( ( block ) => {
		const word = ( name ) => JSON.parse( block.match( new RegExp( `^${ name } (".*")$`, 'm' ) )?.[ 1 ] ?? '""' );
		const places = [ ...block.matchAll( /^#: (.*)$/gm ) ].flatMap( ( [ , names ] ) => names.split( ' ' ) );
		return { id: word( 'msgid' ), text: word( 'msgstr' ) || word( 'msgstr\\[0\\]' ), places };
	} ).filter( ( { id } ) => id !== '' );
}

/** All that a person reads or hears below a selector, each once: text, names, hints. */
export const words = ( page, selector ) => page.$$eval( selector, ( roots ) => {
	const found = [];
	for ( const root of roots ) {
		const walker = document.createTreeWalker( root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT );
		for ( let node = root; node; node = walker.nextNode() ) {
			if ( node.nodeType === Node.TEXT_NODE ) {
				found.push( node.parentElement.closest( 'script, style, code, pre' ) ? '' : node.data );
			} else {
				found.push( ...[ 'aria-label', 'title', 'placeholder', 'alt' ].map( ( name ) => node.getAttribute( name ) ?? '' ) );
				found.push( node.matches( 'input[type="submit"], input[type="button"]' ) ? node.value : '' );
			}
		}
	}
	return [ ...new Set( found.map( ( text ) => text.trim().replace( /\s+/g, ' ' ) ) ) ].filter( ( text ) => /\p{L}{2}/u.test( text ) );
} );
