/** Lines of PHP that a site's owner has put into WordPress, loaded before every plugin. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './site.mjs';

/** Puts them there; what is given back takes them away. */
export function mustUse( name, php ) {
	const plugins = join( folder, 'wordpress/wp-content/mu-plugins' );
	const file = join( plugins, `${ name }.php` );
	mkdirSync( plugins, { recursive: true } );
	writeFileSync( file, `<?php\n${ php }\n` );
	return () => rmSync( file, { force: true } );
}
