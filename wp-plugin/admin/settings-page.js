/**
 * Makes the settings page pleasant: tests and refreshes without leaving it. Everything works without this script too.
 */
( function ( wp ) {
	'use strict';

	const { apiFetch } = wp;
	const { __, sprintf } = wp.i18n;
	const { speak } = wp.a11y;
	const ROUTES = '/creators-image-refresh/v1';
	const BUSY_PAUSE = 3000;
	const MOST_IDLE_SLICES = 10;

	const byId = ( name ) => document.getElementById( 'creators-image-refresh-' + name );

	/**
	 * Builds a WordPress notice. Text is only ever set as text.
	 *
	 * @param {string} type     success, error or info.
	 * @param {string} sentence For people.
	 * @param {string} amazon   Amazon's own words, for the small print.
	 * @return {HTMLElement} The notice.
	 */
	function notice( type, sentence, amazon ) {
		const box = document.createElement( 'div' );
		box.className = 'notice inline notice-' + type;
		const text = document.createElement( 'p' );
		text.textContent = sentence;
		box.append( text );
		if ( amazon ) {
			const small = document.createElement( 'p' );
			small.className = 'creators-image-refresh-small-print';
			/* translators: %s: what Amazon said, in English. */
			small.textContent = sprintf( __( 'In small print: %s', 'creators-image-refresh' ), amazon );
			box.append( small );
		}
		return box;
	}

	/**
	 * What to say where the site itself did not answer.
	 *
	 * @return {string} A sentence.
	 */
	function noAnswer() {
		return __( 'Your site did not answer. Reload this page and try again.', 'creators-image-refresh' );
	}

	/**
	 * The test of the credentials.
	 */
	function prepareTest() {
		const button = byId( 'test' );
		const result = byId( 'test-result' );
		if ( ! button || ! result ) {
			return;
		}
		// As long as it submits, the Enter key would test instead of save.
		button.type = 'button';

		const values = () => {
			const data = {};
			[ 'credential-id', 'credential-secret', 'credential-version', 'partner-tag', 'marketplace' ].forEach( ( name ) => {
				const field = byId( name );
				// A field without a name is set in wp-config.php.
				if ( field && field.name ) {
					data[ name.replace( /-/g, '_' ) ] = field.value;
				}
			} );
			return data;
		};

		// Saves with the version that Amazon accepts.
		const useVersion = ( version ) => {
			const offer = byId( 'use-version' );
			const choice = offer.querySelector( 'button' );
			offer.hidden = ! version;
			choice.value = version;
			/* translators: %s: a credential version, for instance 3.2. */
			choice.textContent = sprintf( __( 'Set version %s and save', 'creators-image-refresh' ), version );
		};

		let running = false;
		button.addEventListener( 'click', async () => {
			if ( running ) {
				return;
			}
			running = true;
			// Not disabled: that would take the focus away.
			button.setAttribute( 'aria-disabled', 'true' );
			result.dataset.status = '';
			useVersion( '' );
			result.replaceChildren( notice( 'info', __( 'Asking Amazon…', 'creators-image-refresh' ) ) );
			try {
				const verdict = await apiFetch( { path: ROUTES + '/test', method: 'POST', data: values() } );
				result.replaceChildren( notice( verdict.ok ? 'success' : 'error', verdict.sentence, verdict.amazon ) );
				result.dataset.status = verdict.status;
				useVersion( verdict.works_with );
			} catch ( error ) {
				result.replaceChildren( notice( 'error', noAnswer(), ( error && error.message ) || '' ) );
				result.dataset.status = 'no_answer';
			}
			button.removeAttribute( 'aria-disabled' );
			running = false;
		} );
	}

	/**
	 * "Refresh now": one slice after the other until there is nothing left.
	 */
	function prepareRefresh() {
		const button = byId( 'refresh' );
		const region = byId( 'progress' );
		const status = byId( 'status' );
		if ( ! button || ! region || ! status ) {
			return;
		}
		const bar = region.querySelector( 'progress' );
		const outcome = region.querySelector( '.creators-image-refresh-outcome' );
		let running = false;
		let most = 0;

		const showReport = ( report ) => {
			[ 'known', 'fresh', 'waiting', 'failed' ].forEach( ( key ) => {
				status.dataset[ key ] = report[ key ];
				status.querySelector( '[data-count="' + key + '"]' ).textContent = Number( report[ key ] ).toLocaleString();
			} );
			byId( 'summary' ).textContent = report.summary;
			byId( 'last-run' ).textContent = report.last_run;
			byId( 'last-run' ).dataset.stopped = 'stopped' === report.state ? report.status : '';
			const lastStop = byId( 'last-stop' );
			if ( lastStop ) {
				lastStop.remove();
			}
		};

		const showProgress = ( report ) => {
			// Looking through the posts is a small part of the time, fetching is nearly all of it.
			let share = 0;
			if ( 'scan' === report.phase ) {
				share = report.scan.total ? ( 0.1 * report.scan.done ) / report.scan.total : 0;
			} else {
				most = Math.max( most, report.waiting );
				share = most ? 0.1 + ( 0.9 * ( most - report.waiting ) ) / most : 1;
			}
			bar.value = Math.round( share * 100 );
		};

		const finish = ( state, type, sentence, amazon ) => {
			bar.hidden = true;
			outcome.replaceChildren( notice( type, sentence, amazon ) );
			speak( sentence, 'stopped' === state ? 'assertive' : 'polite' );
			button.removeAttribute( 'aria-disabled' );
			running = false;
			region.dataset.state = state;
		};

		const slices = async () => {
			let start = true;
			let idle = 0;
			let before = -1;
			let phase = '';
			for ( ;; ) {
				const report = await apiFetch( { path: ROUTES + '/refresh', method: 'POST', data: { start } } );
				start = false;
				showReport( report );
				showProgress( report );
				if ( 'done' === report.state ) {
					return finish( 'done', 'success', report.sentence );
				}
				if ( 'stopped' === report.state ) {
					return finish( 'stopped', 'error', report.sentence, report.amazon );
				}
				outcome.replaceChildren( notice( 'info', report.sentence ) );
				if ( phase !== report.phase ) {
					phase = report.phase;
					speak( report.sentence );
				}
				const now = report.scan.done - report.waiting;
				idle = now === before ? idle + 1 : 0;
				before = now;
				if ( idle >= MOST_IDLE_SLICES ) {
					return finish( 'stopped', 'info', __( 'It takes a while. You can leave this page: the rest goes on in the background.', 'creators-image-refresh' ) );
				}
				if ( 'busy' === report.status ) {
					await new Promise( ( resolve ) => setTimeout( resolve, BUSY_PAUSE ) );
				}
			}
		};

		button.form.addEventListener( 'submit', ( event ) => {
			event.preventDefault();
			if ( running ) {
				return;
			}
			running = true;
			most = 0;
			button.setAttribute( 'aria-disabled', 'true' );
			region.dataset.state = 'running';
			bar.value = 0;
			bar.hidden = false;
			outcome.replaceChildren( notice( 'info', __( 'Looking through your posts…', 'creators-image-refresh' ) ) );
			slices().catch( ( error ) => finish( 'stopped', 'error', noAnswer(), ( error && error.message ) || '' ) );
		} );
	}

	/**
	 * The message to the host.
	 */
	function prepareCopy() {
		const button = byId( 'copy' );
		const message = byId( 'host-message' );
		if ( ! button || ! message ) {
			return;
		}
		button.addEventListener( 'click', async () => {
			message.select();
			try {
				await navigator.clipboard.writeText( message.value );
				speak( __( 'Copied.', 'creators-image-refresh' ) );
				button.textContent = __( 'Copied', 'creators-image-refresh' );
			} catch ( error ) {
				// The text is selected, so the keyboard can copy it.
				speak( __( 'The message is selected. Copy it with your keyboard.', 'creators-image-refresh' ) );
			}
		} );
	}

	prepareTest();
	prepareRefresh();
	prepareCopy();
} )( window.wp );
