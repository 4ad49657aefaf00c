using System.Globalization;

namespace MailDns.Shell.Hosting;

/// <summary>The culture that the engine's threads run in.</summary>
internal static class ShellCulture
{
    /// <summary>
    /// Takes English where the environment names no language, as a bare container does. The engine wraps tables between
    /// words in some languages only, and the invariant one is not among them.
    /// </summary>
    public static void Apply()
    {
        if (CultureInfo.CurrentCulture.Name.Length > 0)
            return;
        try
        {
            var culture = CultureInfo.GetCultureInfo("en-US");
            CultureInfo.CurrentCulture = culture;
            CultureInfo.DefaultThreadCurrentCulture = culture;
        }
        catch (CultureNotFoundException)
        {
            // Without culture data there is no other; lines then break where the width ends.
        }
    }
}
