using System.Reflection;

namespace ApiErrorHandling.Analyzers.TruthTests.Running;

/// <summary>An implementation of an interface that does nothing.</summary>
public class InterfaceStub : DispatchProxy
{
    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var type = targetMethod!.ReturnType;
        return type == typeof(void) ? null
            : type == typeof(Task) ? Task.CompletedTask
            : type == typeof(HttpClient) ? Probe.Client(new HttpClient(Probe.Handler()))
            : type.IsValueType ? Activator.CreateInstance(type)
            : null;
    }
}
