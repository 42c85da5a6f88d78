/** What is typed into the form: accounts of the stand-in for Amazon, and values that open nothing. */
import { readFileSync } from 'node:fs';

const accounts = JSON.parse( readFileSync( new URL( '../../sandbox/accounts.json', import.meta.url ), 'utf8' ) );

/** An account in the words of the form. */
export function account( name ) {
	const found = accounts.find( ( entry ) => entry.name === name );
	const [ marketplace, tags ] = Object.entries( found.partner_tags )[ 0 ];
	return { 'credential-id': found.credential_id, 'credential-secret': found.credential_secret, 'credential-version': '', marketplace, 'partner-tag': tags[ 0 ] };
}

export const good = account( 'fine-3.1' );
export const notEligible = account( 'not-eligible' );
export const wrongSecret = 'amzn1.oa2-cs.v1.canary0canary0canary0canary0canary0canary0canary0canary0cana';
export const connectorSecret = 'amzn1.oa2-cs.v1.cardcanary0cardcanary0cardcanary0cardcanary0cardcanary0cardca7Q';
export const licenseKey = 'LIVEFIX-CANARY-7Q4M-2KXW';

/** Keys that a store has something to say against, or that come from another plugin. */
export const otherLicenseKeys = {
	EXPIRED: 'LICENSE-EXPIRED-CANARY-1',
	TAKEN: 'LICENSE-TAKEN-CANARY-2',
	OTHER: 'LICENSE-OTHER-CANARY-3',
	OFF: 'LICENSE-OFF-CANARY-4',
	UNKNOWN: 'LICENSE-UNKNOWN-CANARY-5',
	PROVIDED: 'LICENSE-PROVIDED-CANARY-6',
};
