import assert from 'node:assert/strict';
import { picture } from '../browser.mjs';
import { admin } from '../people.mjs';
import { php, url } from '../site.mjs';
import { begin, test } from '../story.mjs';

begin( 'site-health', 'refreshed' );

test( 'site health: extension, credentials, last answer and schedule are told apart', () => php( 'check-site-health' ) );

test( 'site health: all is well, and the page says so', async () => {
	await admin.goto( url( '/wp-admin/site-health.php' ) );
	const passed = admin.locator( '.site-health-view-passed' );
	// WordPress's script begins to listen some time after the button is there.
	for ( let tries = 0; tries < 100 && 'true' !== await passed.getAttribute( 'aria-expanded' ); tries++ ) {
		await passed.click();
	}
	for ( const sentence of [ /creators_api is loaded/, /credentials can be read/, /Amazon answers/, /refreshed on time/ ] ) {
		await admin.getByRole( 'button', { name: sentence } ).waitFor();
	}
} );

test( 'site health: the facts to copy name neither secret nor owner', async () => {
	await admin.goto( url( '/wp-admin/site-health.php?tab=debug' ) );
	const copied = await admin.getAttribute( '.site-health-copy-buttons .copy-button', 'data-clipboard-text' );
	const ours = copied.split( '### creators-image-refresh' )[ 1 ].split( '\n### ' )[ 0 ];
	assert.match( ours, /secret: saved, encrypted/ );
	assert.match( ours, /server_phpversion: \d/ );
	assert.ok( ! /credential_id|partner_tag|amzn1/.test( ours ), ours );
	await admin.click( '[aria-controls="health-check-accordion-block-creators-image-refresh"]' );
	await picture( admin, 'site-health-facts' );
} );

test( 'privacy: a text for the policy is suggested', async () => {
	await admin.goto( url( '/wp-admin/options-privacy.php?tab=policyguide' ) );
	assert.match( await admin.textContent( '#wpbody-content' ), /Creators Image Refresh for Amazon[\s\S]*m\.media-amazon\.com/ );
} );

test( 'tables: those of the first version are upgraded, and counted anew', () => php( 'check-schema' ) );
