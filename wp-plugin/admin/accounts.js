/**
 * “Check connections” without leaving the page: one question per account, a few at a time. It works without this script too.
 */
( function ( wp ) {
	'use strict';

	const { apiFetch } = wp;
	const { __, _n, sprintf } = wp.i18n;
	const { speak } = wp.a11y;
	const AT_A_TIME = 3;

	const byId = ( name ) => document.getElementById( 'creators-image-refresh-' + name );

	/**
	 * Writes an answer into its row. Text is only ever set as text.
	 *
	 * @param {HTMLTableRowElement} row    The row.
	 * @param {Object}              answer What the route says.
	 */
	function fill( row, answer ) {
		[ 'token', 'catalog' ].forEach( ( step ) => {
			const cell = row.querySelector( '[data-step="' + step + '"]' );
			cell.textContent = answer[ step ].text;
			cell.dataset.state = answer[ step ].state;
		} );
		const meaning = row.querySelector( '[data-step="meaning"]' );
		const [ sentence, small ] = meaning.querySelectorAll( 'p' );
		sentence.textContent = answer.sentence;
		const parts = [ answer.checked ];
		if ( answer.amazon ) {
			/* translators: %s: what Amazon said, in English. */
			parts.unshift( sprintf( __( 'In small print: %s', 'creators-image-refresh' ), answer.amazon ) );
		}
		small.textContent = parts.join( ' ' ).trim();
		const place = meaning.querySelector( '.creators-image-refresh-fix' );
		place.replaceChildren();
		if ( answer.works_with ) {
			const form = byId( 'fix' ).content.cloneNode( true );
			form.querySelector( '[name="account"]' ).value = answer.account;
			form.querySelector( '[name="version"]' ).value = answer.works_with;
			/* translators: %s: a credential version, for instance 3.2. */
			form.querySelector( 'button' ).textContent = sprintf( __( 'Set version %s', 'creators-image-refresh' ), answer.works_with );
			place.append( form );
		}
		row.dataset.status = answer.status;
	}

	const words = ( state, text ) => ( { state, text } );

	const blank = ( row, sentence, status, amazon = '' ) => fill( row, {
		account: row.dataset.account,
		token: words( 'none', '…' ),
		catalog: words( 'none', '…' ),
		sentence,
		amazon,
		status,
		checked: '',
		works_with: '',
	} );

	/**
	 * Asks for one account.
	 *
	 * @param {HTMLTableRowElement} row Its row.
	 * @return {Promise<boolean>} Whether it works.
	 */
	async function check( row ) {
		try {
			const answer = await apiFetch( { path: '/creators-image-refresh/v1/connections', method: 'POST', data: { account: row.dataset.account } } );
			fill( row, answer );
			return answer.ok;
		} catch ( error ) {
			blank( row, __( 'Your site did not answer. Reload this page and try again.', 'creators-image-refresh' ), 'no_answer', ( error && error.message ) || '' );
			return false;
		}
	}

	const form = byId( 'check-form' );
	if ( ! form ) {
		return;
	}
	const button = byId( 'check' );
	let running = false;
	form.addEventListener( 'submit', async ( event ) => {
		event.preventDefault();
		if ( running ) {
			return;
		}
		running = true;
		// Not disabled: that would take the focus away.
		button.setAttribute( 'aria-disabled', 'true' );
		speak( __( 'Asking Amazon…', 'creators-image-refresh' ) );
		const rows = Array.from( document.querySelectorAll( '.creators-image-refresh-checks tr[data-account]' ) );
		rows.forEach( ( row ) => blank( row, __( 'Asking Amazon…', 'creators-image-refresh' ), 'asking' ) );
		const waiting = rows.slice();
		let working = 0;
		const next = async () => {
			while ( waiting.length ) {
				working += ( await check( waiting.shift() ) ) ? 1 : 0;
			}
		};
		await Promise.all( Array.from( { length: AT_A_TIME }, next ) );
		speak(
			sprintf(
				/* translators: 1: number of accounts that work, 2: number of accounts. */
				_n( '%1$d of %2$d account works. The table says more.', '%1$d of %2$d accounts work. The table says more.', rows.length, 'creators-image-refresh' ),
				working,
				rows.length
			)
		);
		button.removeAttribute( 'aria-disabled' );
		running = false;
	} );
} )( window.wp );
