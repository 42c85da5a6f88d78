<?php

use Creators_Image_Refresh\Reporting\Downloads;

$pie    = static fn( string $kind ): string => "php_creators_api-0.2.0_php$kind.zip";
$list   = array(
	'version' => '0.2.0',
	'url'     => 'https://example.org/0.2.0/',
	'files'   => array(
		'php8.2-creators-api_0.2.0-1~deb12u1_amd64.deb' => 'a',
		'creators_api-0.2.0-linux-x86_64.tar.gz'        => 'b',
		$pie( '8.2-x86_64-linux-glibc-nts' )            => 'c',
		$pie( '8.4-arm64-linux-musl-zts' )              => 'd',
	),
);
$debian = array(
	'php'        => '8.2',
	'threads'    => 'nts',
	'debug'      => false,
	'os'         => 'linux',
	'machine'    => 'x86_64',
	'libc'       => 'glibc',
	'debian'     => '12',
	'sapi'       => 'fpm-fcgi',
	'binary'     => '/usr/bin/php',
	'extensions' => '/usr/lib/php/20220829',
	'scanned'    => '/etc/php/8.2/fpm/conf.d',
);
$choose = static fn( array $changes, ?string $url = null ): ?array => Downloads::choose( $list, $changes + $debian, $url );

same(
	array(
		'file'     => 'php8.2-creators-api_0.2.0-1~deb12u1_amd64.deb',
		'sum'      => 'a',
		'commands' => array(
			"curl -fLO 'https://example.org/0.2.0/php8.2-creators-api_0.2.0-1~deb12u1_amd64.deb'",
			"echo 'a  php8.2-creators-api_0.2.0-1~deb12u1_amd64.deb' | sha256sum -c",
			'apt install ./php8.2-creators-api_0.2.0-1~deb12u1_amd64.deb',
			'systemctl restart php8.2-fpm',
		),
	),
	$choose( array() ),
	"Debian's own PHP: its package"
);
same( 'systemctl restart apache2', $choose( array( 'sapi' => 'apache2handler' ) )['commands'][3] ?? '', 'in Apache' );

$cpanel = array(
	'debian'  => '',
	'binary'  => '/opt/cpanel/ea-php82/root/usr/bin/php',
	'scanned' => '/opt/cpanel/ea-php82/root/etc/php.d',
);
same(
	array(
		'curl -fLO https://mirror.example/creators_api-0.2.0-linux-x86_64.tar.gz',
		"echo 'b  creators_api-0.2.0-linux-x86_64.tar.gz' | sha256sum -c",
		'tar -xzf creators_api-0.2.0-linux-x86_64.tar.gz',
		'./creators_api-0.2.0-linux-x86_64/install /opt/cpanel/ea-php82/root/usr/bin/php',
		'systemctl restart ea-php82-php-fpm',
	),
	$choose( $cpanel, 'https://mirror.example' )['commands'] ?? array(),
	'cPanel: the tarball, from the mirror that the owner names'
);
foreach ( array( array( 'scanned' => '/usr/local/etc/php/conf.d' ), array( 'debian' => '11' ) ) as $other ) {
	same( 'creators_api-0.2.0-linux-x86_64.tar.gz', $choose( $other )['file'] ?? '', 'another PHP or another Debian' );
}
same(
	array(
		"unzip -o {$pie( '8.4-arm64-linux-musl-zts' )} creators_api.so -d '/a folder'",
		'echo extension=creators_api >/x/20-creators_api.ini',
	),
	array_slice(
		$choose(
			array(
				'php'        => '8.4',
				'threads'    => 'zts',
				'machine'    => 'aarch64',
				'libc'       => 'musl',
				'extensions' => '/a folder',
				'scanned'    => '/x',
			)
		)['commands'] ?? array(),
		2,
		2
	),
	'no tarball for the machine: the file itself'
);
same( null, $choose( array( 'debug' => true ) ), 'a debug build' );
same( null, $choose( array( 'php' => '8.3' ) ), 'a PHP that nothing was built for' );
same( null, $choose( array( 'threads' => 'zts' ) ), 'the package is not for a thread-safe PHP' );
same( null, Downloads::choose( array(), $debian ), 'no list' );
same(
	"echo 'a  php8.2-creators-api_0.2.0-1~deb12u1_amd64.deb' | sha256sum -c",
	Downloads::choose( array( 'url' => '' ) + $list, $debian )['commands'][0] ?? null,
	'no address: it is named all the same'
);
