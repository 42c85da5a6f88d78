<?php
/*
 * Compares the stubs in php-stubs/ with the loaded extension, signature by signature.
 *
 *     php -n stub-drift.php FILE …                         prints what the stubs declare
 *     php -n -d extension=…/libcreators_api.so stub-drift.php --loaded  prints what the extension declares
 *
 * The two must print the same lines; `make test-stubs` shows the difference.
 */

declare(strict_types=1);

$file = $argv[1];
$functions = $classes = [];
if ($file === '--loaded') {
    $extension = new ReflectionExtension('creators_api');
    $functions = array_values($extension->getFunctions());
    $classes = array_values($extension->getClasses());
} else {
    $before = get_declared_classes();
    foreach (array_slice($argv, 1) as $file) {
        require $file;
    }
    $functions = array_map(fn (string $name) => new ReflectionFunction($name), get_defined_functions()['user']);
    $classes = array_map(fn (string $name) => new ReflectionClass($name), array_diff(get_declared_classes(), $before));
}

$lines = [];
foreach ($functions as $function) {
    if (!str_starts_with($function->getName(), 'creators_api_')) {
        continue;
    }
    $parameters = array_map('parameter', $function->getParameters());
    $lines[] = "function {$function->getName()}(" . implode(', ', $parameters) . "): {$function->getReturnType()}";
}
foreach ($classes as $class) {
    $own = array_filter($class->getMethods(), fn (ReflectionMethod $method) => $method->class === $class->name);
    $lines[] = implode(' ', [
        ...Reflection::getModifierNames($class->getModifiers()),
        "class {$class->name} extends",
        $class->getParentClass() ? $class->getParentClass()->name : '-',
        'with',
        implode(',', array_column($own, 'name')) ?: 'no methods of its own',
    ]);
}
sort($lines);
echo implode("\n", $lines), "\n";

function parameter(ReflectionParameter $parameter): string
{
    $attributes = array_map(fn (ReflectionAttribute $attribute) => "#[{$attribute->getName()}] ", $parameter->getAttributes());
    $default = $parameter->isDefaultValueAvailable() ? ' = ' . json_encode($parameter->getDefaultValue()) : '';

    return implode('', $attributes) . "{$parameter->getType()} \${$parameter->getName()}$default";
}
