/** The pairs of a file in parse5, with scripts and without: node parse5.mjs FILE */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'parse5';
import { treeOf } from './tree.mjs';

function read( node ) {
	if ( node.nodeName === '#text' ) {
		return node.value;
	}
	if ( node.nodeName === '#comment' ) {
		return `<!--${ node.data }`;
	}
	return {
		name: `${ node.namespaceURI } ${ node.nodeName }`,
		isImage: node.nodeName === 'img' && node.namespaceURI.endsWith( 'xhtml' ),
		attributes: ( node.attrs ?? [] ).map( ( { name, value } ) => [ name, value ] ),
		children: [ ...( node.content ? [ node.content ] : [] ), ...( node.childNodes ?? [] ) ],
	};
}

let pairs = 0;
for await ( const line of createInterface( { input: createReadStream( process.argv[ 2 ] ) } ) ) {
	const [ before, after ] = JSON.parse( line );
	pairs++;
	for ( const scriptingEnabled of [ false, true ] ) {
		const parsed = ( html ) => parse( html, { scriptingEnabled } );
		const tree = ( html ) => treeOf( parsed( html ), read, parsed );
		if ( tree( before ) !== tree( after ) ) {
			console.error( `parse5 reads another tree, scripts ${ scriptingEnabled ? 'on' : 'off' }:\n${ line }` );
			console.error( `${ tree( before ) }\n\n${ tree( after ) }` );
			process.exit( 1 );
		}
	}
}
console.log( `parse5: ${ pairs } rewritten pages keep their tree, with scripts and without` );
process.exit( pairs > 0 ? 0 : 1 );
