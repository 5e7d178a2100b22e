using TencentCloudClient;

var secretId = Environment.GetEnvironmentVariable("QCLOUD_SECRET_ID") ?? "";
var secretKey = Environment.GetEnvironmentVariable("QCLOUD_SECRET_KEY") ?? "";
using var cvm = new Cvm(secretId, secretKey, "ap-guangzhou");

switch (args)
{
    case ["list"]:
        await cvm.ListAsync();
        break;
    case ["state", var id]:
        Console.WriteLine(await cvm.GetStateAsync(id));
        break;
    case ["price", var type]:
        Console.WriteLine($"{await cvm.GetPriceAsync(type):0.00} a month");
        break;
    case ["rename", var id, var name]:
        Console.WriteLine(await cvm.RenameAsync(id, name) ? "done" : "failed");
        break;
    case ["image", var id, var name]:
        Console.WriteLine($"image {await cvm.CreateImageAsync(id, name)}");
        break;
    case ["restart", .. var ids]:
        await cvm.RestartAsync(ids);
        break;
    default:
        Console.Error.WriteLine(
            "usage: TencentCloudClient list | state ID | price TYPE | rename ID NAME | image ID NAME | restart ID…");
        return 2;
}

return 0;
