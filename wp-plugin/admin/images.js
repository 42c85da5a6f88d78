/**
 * Goes on refreshing the selected pictures while somebody looks at them. Without it, the background does, and a reload shows
 * how far it is.
 */
( function ( wp ) {
	'use strict';

	const { __ } = wp.i18n;
	const panel = document.getElementById( 'creators-image-refresh-selected' );
	if ( ! panel || 'running' !== panel.dataset.state ) {
		return;
	}
	const ROUTES = '/creators-image-refresh/v1/images/';
	const BUSY_PAUSE = 3000;
	const MOST_IDLE_SLICES = 10;
	const bar = panel.querySelector( 'progress' );
	const sentence = panel.querySelector( '.creators-image-refresh-selected-sentence' );
	const form = panel.querySelector( 'form' );
	let stopping = false;

	function show( progress ) {
		// Another page may have ended it.
		panel.dataset.state = 'none' === progress.state ? 'done' : progress.state;
		if ( progress.total ) {
			bar.max = progress.total;
			bar.value = progress.done;
		}
		sentence.textContent = progress.sentence || __( 'It is over. Reload this page to see what came of it.', 'creators-image-refresh' );
		if ( 'running' === progress.state ) {
			return;
		}
		form.hidden = true;
		wp.a11y.speak( sentence.textContent, 'stopped' === progress.state ? 'assertive' : 'polite' );
		const again = document.createElement( 'a' );
		again.className = 'button';
		again.href = window.location.href;
		again.textContent = __( 'Show the list anew', 'creators-image-refresh' );
		panel.append( again );
		if ( form.contains( document.activeElement ) || document.activeElement === document.body ) {
			again.focus();
		}
	}

	async function slices() {
		let idle = 0;
		let before = -1;
		while ( ! stopping ) {
			const progress = await wp.apiFetch( { path: ROUTES + 'refresh', method: 'POST' } );
			if ( stopping ) {
				return;
			}
			show( progress );
			idle = progress.done === before ? idle + 1 : 0;
			before = progress.done;
			if ( 'running' !== progress.state || idle >= MOST_IDLE_SLICES ) {
				return;
			}
			if ( idle ) {
				await new Promise( ( resolve ) => setTimeout( resolve, BUSY_PAUSE ) );
			}
		}
	}

	form.addEventListener( 'submit', async ( event ) => {
		event.preventDefault();
		if ( stopping ) {
			return;
		}
		stopping = true;
		try {
			show( await wp.apiFetch( { path: ROUTES + 'stop', method: 'POST' } ) );
		} catch ( error ) {
			form.submit();
		}
	} );

	// Where the site does not answer, the background goes on, and a reload shows how far it is.
	slices().catch( () => {} );
} )( window.wp );
