/**
 * The tree of a page as lines, in its old form where a picture has a new address: what the rewriting may have added is
 * left out. Needs nothing around it, since it runs in Chromium as well.
 *
 * Of an element `read` tells { name, isImage, attributes: [[name, value]], children }, of a text or a comment its string.
 * `parse` makes a page of what a `srcdoc` holds.
 */
export function treeOf( root, read, parse ) {
	const DEAD = 'https://m.media-amazon.com/images/P/B00TSUGXKE.01._SL160_.jpg';
	const FRESH = 'https://m.media-amazon.com/images/I/fresh._SL160_.jpg?a=\'&b="';
	const LARGE = 'https://m.media-amazon.com/images/I/fresh._SL500_.jpg';
	const ADDED = { width: '120', height: '160', srcset: `${ LARGE } 3.12x` };
	const escaped = FRESH.replaceAll( '&', '&amp;' ).replaceAll( "'", '&#39;' ).replaceAll( '"', '&quot;' );
	const inAttributes = [ escaped, escaped.replaceAll( '=', '&#61;' ) ];
	const forms = [ FRESH, ...inAttributes.map( ( form ) => form.replaceAll( '&', '&amp;' ) ), ...inAttributes ];
	const asBefore = ( text ) => forms.reduce( ( old, fresh ) => old.replaceAll( fresh, DEAD ), text );
	const lines = [];
	const add = ( node, depth ) => {
		const told = read( node );
		const indent = ' '.repeat( depth );
		if ( typeof told === 'string' ) {
			lines.push( indent + JSON.stringify( asBefore( told ) ) );
			return;
		}
		const isNew = told.isImage && told.attributes.some( ( [ name, value ] ) => name === 'src' && value === FRESH );
		const attributes = told.attributes
			.filter( ( [ name ] ) => name !== 'srcdoc' )
			.filter( ( [ name, value ] ) => ! isNew || ADDED[ name ] !== value )
			.map( ( [ name, value ] ) => [ name, isNew && name === 'alt' && value === 'A "title" <b>' ? '' : asBefore( value ) ] );
		lines.push( `${ indent }<${ told.name } ${ JSON.stringify( attributes ) }` );
		const packed = told.attributes.filter( ( [ name ] ) => name === 'srcdoc' );
		packed.forEach( ( [ , html ] ) => add( parse( html ), depth + 1 ) );
		told.children.forEach( ( child ) => add( child, depth + 1 ) );
	};
	add( root, 0 );
	return lines.join( '\n' );
}
