/** Ports of this machine that nobody has. */
import { createServer } from 'node:net';

export async function freePort() {
	const probe = createServer();
	await new Promise( ( done ) => probe.listen( 0, '127.0.0.1', done ) );
	const { port } = probe.address();
	await new Promise( ( done ) => probe.close( done ) );
	return port;
}
