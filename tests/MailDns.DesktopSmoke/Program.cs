using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace MailDns.DesktopSmoke;

/// <summary>
/// Loads the module's assemblies on .NET Framework, or on Mono in its place, as Windows PowerShell 5.1 does: MailDns.dll and
/// MailDns.Core.dll by their paths, the adapters by the module's own loader.
/// </summary>
internal static class Program
{
    /// <param name="arguments">module/bin, a DNS server (address:port), a PEM file with a certificate.</param>
    private static async Task<int> Main(string[] arguments)
    {
        string binaries = Path.GetFullPath(arguments[0]);
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => FromModule(binaries, request.Name);
        try
        {
            await RunAsync(binaries, arguments[1], arguments[2]).ConfigureAwait(false);
            return 0;
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync(exception.ToString()).ConfigureAwait(false);
            return 1;
        }
    }

    // Names the module's types, so it is compiled only once they can be found.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task RunAsync(string binaries, string server, string certificate) => SmokeRun.RunAsync(binaries, server, certificate);

    // The two assemblies that PowerShell loads by the manifest; all others are the loader's business.
    private static Assembly? FromModule(string binaries, string fullName)
    {
        string? name = new AssemblyName(fullName).Name;
        return name is "MailDns" or "MailDns.Core" ? Assembly.LoadFrom(Path.Combine(binaries, name + ".dll")) : null;
    }
}
