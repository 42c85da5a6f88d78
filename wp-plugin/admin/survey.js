/**
 * Goes on counting the dead pictures while somebody looks at the settings page. Without it, a reload shows how far it is.
 */
( function ( wp ) {
	'use strict';

	const { __ } = wp.i18n;
	const panel = document.getElementById( 'creators-image-refresh-survey' );
	if ( ! panel || '0' !== panel.dataset.complete ) {
		return;
	}
	const sentence = panel.querySelector( '.creators-image-refresh-survey-sentence' );
	const marketplaces = panel.querySelector( '.creators-image-refresh-survey-marketplaces' );
	const examples = panel.querySelector( '.creators-image-refresh-survey-examples' );
	const MOST_SLICES = 2000;

	/**
	 * Builds an element. Text is only ever set as text.
	 *
	 * @param {string}                 tag      Its tag.
	 * @param {...(string|HTMLElement)} children Text or elements.
	 * @return {HTMLElement} The element.
	 */
	function element( tag, ...children ) {
		const made = document.createElement( tag );
		made.append( ...children );
		return made;
	}

	function link( url, verb, title ) {
		const hidden = element( 'span', ' ' + title );
		hidden.className = 'screen-reader-text';
		const made = element( 'a', verb, hidden );
		made.href = url;
		return made;
	}

	function item( name, words, ...links ) {
		const made = element( 'li', element( 'span', name ), ' ', element( 'span', words ) );
		if ( links.length ) {
			made.append( ' ', element( 'span', ...links.flatMap( ( one ) => [ one, ' ' ] ) ) );
		}
		return made;
	}

	function show( findings ) {
		panel.dataset.pictures = findings.pictures;
		panel.dataset.posts = findings.posts;
		panel.dataset.complete = findings.complete ? '1' : '0';
		sentence.textContent = findings.sentence;
		marketplaces.replaceChildren( ...findings.marketplaces.map( ( found ) => item( found.name, found.sentence ) ) );
		examples.replaceChildren( ...findings.examples.map( ( { title, sentence: words, view, edit } ) => item(
			title,
			words,
			...( view ? [ link( view, __( 'View', 'creators-image-refresh' ), title ) ] : [] ),
			...( edit ? [ link( edit, __( 'Edit', 'creators-image-refresh' ), title ) ] : [] )
		) ) );
		examples.previousElementSibling.hidden = 0 === findings.examples.length;
	}

	async function count() {
		for ( let slice = 0; slice < MOST_SLICES; slice++ ) {
			const findings = await wp.apiFetch( { path: '/creators-image-refresh/v1/survey', method: 'POST' } );
			show( findings );
			if ( findings.complete ) {
				wp.a11y.speak( findings.sentence );
				return;
			}
		}
	}

	// Where the site does not answer, what was found so far stays, and the background goes on.
	count().catch( () => {} );
} )( window.wp );
