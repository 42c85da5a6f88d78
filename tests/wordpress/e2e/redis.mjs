/** A Redis of the site's own, and WordPress's object cache in it. */
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './ports.mjs';
import { folder } from './site.mjs';

const dropIn = join( folder, 'wordpress/wp-content/object-cache.php' );

const ask = ( port, ...words ) => execFileSync( 'redis-cli', [ '-p', port, ...words ], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: [ 'ignore', 'pipe', 'ignore' ] } );

async function untilItAnswers( port ) {
	for ( const end = Date.now() + 10000; Date.now() < end; ) {
		try {
			return ask( port, 'ping' );
		} catch {
			await new Promise( setImmediate );
		}
	}
	throw new Error( 'Redis does not answer' );
}

/** Does something while WordPress keeps its objects there; is given what shows all that Redis holds. */
export async function withRedis( body ) {
	const port = String( await freePort() );
	const server = spawn( 'redis-server', [ '--bind', '127.0.0.1', '--port', port, '--save', '', '--appendonly', 'no', '--dir', 'run' ], { cwd: folder, stdio: 'ignore' } );
	const ended = new Promise( ( done ) => server.on( 'exit', done ) );
	try {
		await untilItAnswers( port );
		writeFileSync( join( folder, 'run/redis.port' ), port );
		copyFileSync( fileURLToPath( new URL( '../mu-plugins/object-cache.php', import.meta.url ) ), dropIn );
		await body( () => {
			const keys = ask( port, 'keys', '*' ).trim().split( '\n' );
			return keys.join( '\n' ) + ask( port, 'mget', ...keys );
		} );
	} finally {
		rmSync( dropIn, { force: true } );
		server.kill();
		await ended;
	}
}
