/** Amazon's pictures on a page, as the browser sees them. */
import assert from 'node:assert/strict';
import { sandboxUrl } from './site.mjs';

const DEAD = /(amazon-adsystem|assoc-amazon|images-amazon)\.com\//;
const PIXEL = /\/e\/ir\?/;

/** All pictures below a selector, each after it has loaded or failed. */
export async function picturesIn( page, selector ) {
	return page.$$eval( `${ selector } img`, ( images ) => Promise.all( images.map( async ( image ) => {
		image.loading = 'eager';
		if ( ! image.complete ) {
			await new Promise( ( done ) => {
				image.addEventListener( 'load', done );
				image.addEventListener( 'error', done );
			} );
		}
		const { src, naturalWidth, naturalHeight } = image;
		const { width, height } = image.getBoundingClientRect();
		return { src, naturalWidth, naturalHeight, width, height };
	} ) ) );
}

export const dead = ( pictures ) => pictures.filter( ( { src } ) => DEAD.test( src ) && ! PIXEL.test( src ) );

export const alive = ( pictures ) => pictures.filter( ( { src, naturalWidth } ) => src.startsWith( `${ sandboxUrl() }/images/` ) && naturalWidth > 0 );

/** So many pictures are alive below a selector, none is dead, and none is out of shape. */
export async function assertAlive( page, selector, expected ) {
	const pictures = await picturesIn( page, selector );
	assert.deepEqual( dead( pictures ).map( ( { src } ) => src ), [], 'no picture is dead' );
	assert.equal( alive( pictures ).length, expected, 'pictures that are alive' );
	for ( const { src, width, height, naturalWidth, naturalHeight } of alive( pictures ) ) {
		assert.ok( width > 20 && height > 20, `${ src } can be seen (${ width } by ${ height })` );
		const stretch = ( width / height ) / ( naturalWidth / naturalHeight );
		assert.ok( Math.abs( stretch - 1 ) < 0.05, `${ src } keeps its shape: ${ naturalWidth }:${ naturalHeight } shown as ${ width }:${ height }` );
	}
}
