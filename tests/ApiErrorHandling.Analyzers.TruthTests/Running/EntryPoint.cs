using System.Collections;
using System.Reflection;
using ApiErrorHandling.Analyzers.TruthTests.Playing;

namespace ApiErrorHandling.Analyzers.TruthTests.Running;

/// <summary>A way to call a program from outside: a method with arguments that can be made up.</summary>
/// <param name="Type">The type to call it on.</param>
/// <param name="Method">The method.</param>
/// <param name="Flags">The value of its boolean parameters.</param>
internal sealed record EntryPoint(Type Type, MethodInfo Method, bool Flags)
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private const int MaxDepth = 3;

    /// <summary>The entry points of a program, in order.</summary>
    /// <param name="assembly">The program.</param>
    public static IReadOnlyList<EntryPoint> Of(Assembly assembly)
    {
        var found = new List<EntryPoint>();
        var types = assembly.GetTypes();
        var bases = types.Select(t => t.BaseType).ToHashSet();
        foreach (var type in types.Where(t => !t.ContainsGenericParameters && !t.Name.Contains('<') && !bases.Contains(t)))
        {
            foreach (var method in type.GetMethods(Any))
            {
                if (method.DeclaringType!.Assembly != assembly || method.IsAbstract || method.ContainsGenericParameters || method.Name.Contains(">g__") || method.Name.Contains(">b__") || method.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), false)
                    || !method.GetParameters().All(p => CanMake(p.ParameterType, 0))
                    || !(method.IsStatic || CanMake(type, 0)))
                {
                    continue;
                }

                found.Add(new EntryPoint(type, method, Flags: false));
                if (method.GetParameters().Any(p => p.ParameterType == typeof(bool)))
                {
                    found.Add(new EntryPoint(type, method, Flags: true));
                }
            }
        }

        return found;
    }

    /// <summary>Whether what it returns is still to be done, and may fail, when the method has ended.</summary>
    public bool IsDeferred => Method.ReturnType.Name.Split('`')[0] is "Task" or "ValueTask" or "IAsyncEnumerable" or "IEnumerable"
        && !Method.IsDefined(typeof(System.Runtime.CompilerServices.AsyncStateMachineAttribute), inherit: false);

    /// <summary>Calls the program. What it throws comes out unwrapped.</summary>
    /// <returns>The result: that of the task if it returns one that has ended, the task itself if it has not.</returns>
    public object? Invoke()
    {
        var target = Method.IsStatic ? null : Make(Type, "client");
        var arguments = Method.GetParameters().Select(p => Make(p.ParameterType, p.Name!)).ToArray();
        return Method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Type.Name}.{Method.Name}" + (Flags ? "(true)" : string.Empty);

    private static bool CanMake(Type type, int depth)
    {
        if (type.IsByRef || type.IsPointer || type.IsByRefLike || depth > MaxDepth)
        {
            return false;
        }

        return type.IsPrimitive || type.IsEnum || type.IsInterface || type.IsArray || type.IsValueType
            || type == typeof(string) || type == typeof(object) || type == typeof(Uri) || type == typeof(HttpClient)
            || type == typeof(HttpRequestMessage) || type == typeof(HttpMessageHandler) || type == typeof(TimeProvider)
            || typeof(Delegate).IsAssignableFrom(type) || IsList(type)
            || (depth == 0 && (type.IsAbstract || (type.IsClass && type.Assembly == typeof(System.Text.Json.JsonSerializer).Assembly)))
            || (!type.IsAbstract && ConstructorOf(type) is { } constructor
                && constructor.GetParameters().All(p => CanMake(p.ParameterType, depth + 1)));
    }

    private static ConstructorInfo? ConstructorOf(Type type) => type
        .GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
        .Where(c => c.IsPublic || type.Assembly.GetName().Name!.StartsWith("Client", StringComparison.Ordinal))
        .OrderByDescending(c => c.IsPublic)
        .ThenBy(c => c.GetParameters().Length)
        .FirstOrDefault();

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>);

    private object? Make(Type type, string name)
    {
        if (type == typeof(bool))
        {
            return Flags;
        }

        if (type == typeof(string))
        {
            return name.Contains("ur", StringComparison.OrdinalIgnoreCase) || name.Contains("path", StringComparison.OrdinalIgnoreCase)
                || name.Contains("address", StringComparison.OrdinalIgnoreCase)
                ? "https://host.example/path"
                : name;
        }

        if (type == typeof(Uri))
        {
            return new Uri("https://host.example/path");
        }

        if (type == typeof(HttpClient))
        {
            return Probe.Client(new HttpClient(Probe.Handler()));
        }

        if (type == typeof(HttpRequestMessage))
        {
            return new HttpRequestMessage(HttpMethod.Get, "https://host.example/path");
        }

        if (type == typeof(HttpMessageHandler))
        {
            return Probe.Handler();
        }

        if (type == typeof(TimeProvider))
        {
            return Probe.Time;
        }

        if (type == typeof(CancellationToken))
        {
            return CancellationToken.None;
        }

        if (type == typeof(int) || type == typeof(long))
        {
            return Convert.ChangeType(3, type);
        }

        if (type == typeof(TimeSpan))
        {
            return TimeSpan.FromSeconds(2);
        }

        if (type.IsEnum || type.IsPrimitive)
        {
            return Activator.CreateInstance(type);
        }

        if (type.IsArray || (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) && type.IsInterface)
            || IsList(type))
        {
            return Items(type, name);
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return DelegateOf(type);
        }

        if (type.IsInterface)
        {
            return typeof(DispatchProxy).GetMethod(nameof(DispatchProxy.Create), 2, [])!
                .MakeGenericMethod(type, typeof(InterfaceStub)).Invoke(null, null);
        }

        if (type.IsAbstract || (type.IsClass && ConstructorOf(type) is null))
        {
            // nothing can be made that would be right, and perhaps nothing is needed
            return null;
        }

        if (type == typeof(object))
        {
            return new object();
        }

        if (type.IsValueType && ConstructorOf(type) is null)
        {
            return Activator.CreateInstance(type);
        }

        var constructor = ConstructorOf(type)!;
        return constructor.Invoke(
            BindingFlags.DoNotWrapExceptions,
            null,
            constructor.GetParameters().Select(p => Make(p.ParameterType, p.Name!)).ToArray(),
            null);
    }

    private object? Items(Type type, string name)
    {
        var item = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0];
        if (type.IsGenericType && type.GetGenericArguments().Length > 1)
        {
            var pair = typeof(Dictionary<,>).MakeGenericType(type.GetGenericArguments());
            return type.IsAssignableFrom(pair) ? Activator.CreateInstance(pair) : null;
        }

        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        if (CanMake(item, 1))
        {
            list.Add(Make(item, name));
        }

        if (!type.IsArray)
        {
            return type.IsAssignableFrom(list.GetType()) ? list : null;
        }

        var array = Array.CreateInstance(item, list.Count);
        list.CopyTo(array, 0);
        return array;
    }

    // Callers of a program that takes a function give it one that does nothing.
    private static Delegate DelegateOf(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        var parameters = invoke.GetParameters().Select(p => System.Linq.Expressions.Expression.Parameter(p.ParameterType)).ToArray();
        var result = invoke.ReturnType;
        object? value = result == typeof(Task) ? Task.CompletedTask
            : result.IsGenericType && result.GetGenericTypeDefinition() == typeof(Task<>)
                ? typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(result.GetGenericArguments()[0])
                    .Invoke(null, [Default(result.GetGenericArguments()[0])])
                : result == typeof(void) ? null : Default(result);
        System.Linq.Expressions.Expression body = result == typeof(void)
            ? System.Linq.Expressions.Expression.Empty()
            : System.Linq.Expressions.Expression.Constant(value, result);
        return System.Linq.Expressions.Expression.Lambda(type, body, parameters).Compile();

        static object? Default(Type t) => t == typeof(HttpResponseMessage) ? new HttpResponseMessage()
            : t.IsValueType ? Activator.CreateInstance(t) : null;
    }
}
