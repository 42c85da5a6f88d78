/**
 * The pairs of a file in Chromium: node chromium.mjs FILE [MOST]
 *
 * Each is read without scripts, and opened with them. The trees are the same, and no handler has run that the page did
 * not have before.
 */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { treeOf } from './tree.mjs';

const [ , , file, most = '500' ] = process.argv;
const lines = readFileSync( file, 'utf8' ).trim().split( '\n' );
// Evenly from all of the file.
const every = Math.max( 1, Math.floor( lines.length / Number( most ) ) );
const pairs = lines.filter( ( line, number ) => number % every === 0 ).map( ( line ) => JSON.parse( line ) );

/** Runs in the page: what is wrong with each of the pairs, if anything. */
async function check( some ) {
	const read = ( node ) => {
		if ( node.nodeType !== 1 && node.nodeType !== 9 && node.nodeType !== 11 ) {
			return `${ node.nodeType } ${ node.nodeType === 10 ? node.name : node.data }`;
		}
		return {
			name: `${ node.namespaceURI } ${ node.nodeName }`,
			isImage: node.localName === 'img' && node.namespaceURI.endsWith( 'xhtml' ),
			attributes: Array.from( node.attributes ?? [], ( { name, value } ) => [ name, value ] ),
			children: [ node.shadowRoot, node.localName === 'template' && node.content, ...node.childNodes ].filter( Boolean ),
		};
	};
	const parse = ( html ) => new DOMParser().parseFromString( html, 'text/html' );
	const withoutScripts = ( html ) => window.treeOf( parse( html ), read, parse );
	const ranIn = ( view ) => [ ...( view.handlers ?? [] ), ...Array.from( view.frames ).flatMap( ranIn ) ];
	// As they stand, with scripts: a noscript is text there.
	const treesIn = ( view ) =>
		Array.from( view.frames, ( inner ) => window.treeOf( inner.document, read, parse ) + treesIn( inner ) ).join( '' );
	const open = async ( html ) => {
		const frame = document.createElement( 'iframe' );
		const loaded = new Promise( ( resolve ) => {
			frame.onload = resolve;
		} );
		frame.srcdoc = html;
		document.body.append( frame );
		await loaded;
		const tree = window.treeOf( frame.contentDocument, read, parse );
		const told = { tree, all: tree + treesIn( frame.contentWindow ), ran: ranIn( frame.contentWindow ) };
		frame.remove();
		return told;
	};
	const wrong = [];
	for ( const [ before, after ] of some ) {
		const [ old, now ] = await Promise.all( [ open( before ), open( after ) ] );
		const fresh = now.ran.filter( ( handler ) => ! old.all.includes( `"ran(${ handler })` ) );
		if ( fresh.length > 0 ) {
			wrong.push( [ `handlers ${ fresh } have come to life`, before, after ] );
		} else if ( old.tree !== now.tree ) {
			wrong.push( [ 'another tree with scripts', before, after, old.tree, now.tree ] );
		} else if ( withoutScripts( before ) !== withoutScripts( after ) ) {
			wrong.push( [ 'another tree without scripts', before, after ] );
		}
		window.ranAtAll += old.ran.length;
	}
	return { wrong, ran: window.ranAtAll };
}

const flags = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--host-resolver-rules=MAP * ~NOTFOUND',
];
const browser = await chromium.launch( { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags } );
const page = await browser.newPage();
// In each frame, before its page is read.
await page.addInitScript( `
	window.treeOf = ${ treeOf };
	window.handlers = new Set();
	window.alert = window.ran = ( handler ) => handlers.add( handler );
	window.ranAtAll = 0;
` );
await page.goto( 'about:blank' );

let ran = 0;
for ( let at = 0; at < pairs.length; at += 100 ) {
	const told = await page.evaluate( check, pairs.slice( at, at + 100 ) );
	ran = told.ran;
	if ( told.wrong.length > 0 ) {
		console.error( told.wrong[ 0 ].join( '\n\n' ) );
		await browser.close();
		process.exit( 1 );
	}
}
await browser.close();
// Else nothing would have been looked at.
if ( ran === 0 ) {
	console.error( 'no handler ran at all' );
	process.exit( 1 );
}
console.log( `Chromium: ${ pairs.length } rewritten pages keep their tree, with scripts and without` );
console.log( `Chromium: ${ ran } handlers ran before, none has come to life` );
